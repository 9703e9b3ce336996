import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Section } from '../layout/section.tsx';
import './embed.css';
import { embedCode, type FilmToEmbed } from './embed-code.ts';

/** HTML for the web page of somebody else. */
export function Embed({ video }: { video: FilmToEmbed }) {
  const { code, isPublic } = embedCode(video);
  const [outcome, setOutcome] = useState<string | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => setOutcome('Copied'),
      () => setOutcome('The browser does not allow it: select the text and copy it.'),
    );
  return (
    <Section
      title="Embed"
      actions={
        <div className="embed-actions">
          <span role="status">{outcome}</span>
          <Button onPress={copy}>Copy</Button>
        </div>
      }
    >
      <p className="embed-text">
        {isPublic
          ? 'Paste this into a web page. It always plays what is published for this upload.'
          : 'This film has no public address: a local cloud and a stack without delivery show it only here. Paste this into a web page, and put the address at which you serve the output bucket in place of https://media.example.com.'}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className="embed-code" aria-label="Code to embed" tabIndex={0}>
        <pre>
          <code>{code}</code>
        </pre>
      </section>
    </Section>
  );
}
