import { useCallback, useSyncExternalStore } from 'react';
import { Button } from '../../design/button.tsx';
import { Failure } from '../../design/failure.tsx';
import { formatPosition } from '../../format/times.ts';
import { Section } from '../../layout/section.tsx';
import './chapters.css';
import type { Chapter } from './parse-chapters.ts';

interface Props {
  readonly chapters: readonly Chapter[];
  /** Why they cannot be loaded; null if they can. */
  readonly error: unknown;
  /** What plays the film; null where nothing does. */
  readonly media: HTMLMediaElement | null;
}

/** The chapters of a film; nothing without any. A click goes to the beginning of one. */
export function Chapters({ chapters, error, media }: Props) {
  const current = useCurrentChapter(chapters, media);
  if (chapters.length === 0 && error === null) return null;
  return (
    <Section title="Chapters">
      {error !== null && <Failure error={error} />}
      <ol className="chapters">
        {chapters.map(({ startSeconds, title }, index) => (
          <li key={index} aria-current={index === current}>
            <Button
              look="quiet"
              isDisabled={media === null}
              onPress={() => {
                if (media !== null) media.currentTime = startSeconds;
              }}
            >
              <span className="chapters-time">{formatPosition(startSeconds)}</span>{' '}
              <span className="chapters-title">{title}</span>
            </Button>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Where the film is, by index; -1 before the first chapter, and where nothing plays. */
function useCurrentChapter(chapters: readonly Chapter[], media: HTMLMediaElement | null): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      const events = ['timeupdate', 'seeking', 'loadedmetadata'];
      for (const event of events) media?.addEventListener(event, listener);
      return () => {
        for (const event of events) media?.removeEventListener(event, listener);
      };
    },
    [media],
  );
  return useSyncExternalStore(subscribe, () =>
    media === null ? -1 : chapters.findLastIndex(({ startSeconds }) => startSeconds <= media.currentTime),
  );
}
