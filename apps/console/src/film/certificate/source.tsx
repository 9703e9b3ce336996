import { KeyValues } from '../../design/key-values.tsx';
import { formatBitrate, formatBytes } from '../../format/quantities.ts';
import { formatSeconds } from '../../format/times.ts';
import { Section } from '../../layout/section.tsx';
import type { Certificate } from './certificate.ts';
import { describeAudioStream, describeSubtitleStream, describeVideoStream } from './describe-streams.ts';
import './source.css';

/** The facts that the file states about itself, and how much of it was decoded. */
export function Source({ source }: { source: Certificate['source'] }) {
  const { facts, content, sizeBytes, leftOut = [] } = source;
  return (
    <Section title="Source">
      <KeyValues
        entries={[
          ['File', `${formatBytes(sizeBytes)}, ${facts.container}`],
          ['Duration', facts.durationSeconds === null ? null : formatSeconds(facts.durationSeconds)],
          ['Bitrate', facts.bitrateBitsPerSecond === null ? null : formatBitrate(facts.bitrateBitsPerSecond)],
          [
            'Video',
            lines(facts.video.filter((stream) => !stream.isAttachedPicture).map(describeVideoStream)),
          ],
          ['Audio', lines(facts.audio.map(describeAudioStream))],
          ['Subtitles', lines(facts.subtitles.map(describeSubtitleStream))],
          ['Decoded', describeContent(content)],
        ]}
      />
      <div className="source-left-out">
        <h3>Left out</h3>
        {leftOut.length === 0 ? (
          <p>Nothing: every stream of the source is in the film.</p>
        ) : (
          <ul>
            {leftOut.map(({ kind, why }) => (
              <li key={`${kind} ${why}`}>
                {kind}: {why}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}

function describeContent({ decodableShare, streams, warnings }: Certificate['source']['content']): string {
  const frames = streams.find(({ kind }) => kind === 'video')?.decodedFrames;
  return [
    `${Math.floor(decodableShare * 1_000) / 10}%`,
    ...(frames === undefined ? [] : [`${frames.toLocaleString('en')} frames`]),
    warnings.errors + warnings.corrupt === 0
      ? 'without an error'
      : `${warnings.errors} errors, ${warnings.corrupt} damaged packets`,
  ].join(', ');
}

function lines(texts: readonly string[]) {
  if (texts.length === 0) return null;
  return texts.map((text) => (
    <span key={text} className="source-line">
      {text}
    </span>
  ));
}
