import type { LeftOut } from '@fyrestream/events';
import type { SourceFacts, VideoStream } from '../facts/source-facts.ts';

/** What of a file is not in any outcome, whichever of its streams are chosen, and what is lost of the chosen video. */
export function leftOutOfFile(facts: SourceFacts, video: VideoStream | null): LeftOut[] {
  const { attachmentCount, chapterCount, unreadable } = facts;
  return [
    ...unreadable.map(({ index, codec }) => ({
      streamIndex: index,
      kind: 'video',
      why: `nothing of it can be read (${codec ?? 'unknown codec'})`,
    })),
    ...(video ? leftOutOfVideo(video) : []),
    ...ofFile('attachment', attachmentCount, 'attached files (fonts and the like)'),
    ...ofFile('chapters', chapterCount, 'chapters'),
  ];
}

function leftOutOfVideo({ index, hasAlpha, projection, stereoPacking }: VideoStream): LeftOut[] {
  const entries: [kind: string, why: string | null][] = [
    ['alpha', hasAlpha ? 'its transparency: the outcome has none' : null],
    ['projection', projection && `it is a 360° video (${projection}): the outcome is shown flat`],
    [
      'stereo',
      stereoPacking && `it is stereoscopic (${stereoPacking}): the outcome shows the frame as it is stored`,
    ],
  ];
  return entries.flatMap(([kind, why]) => (why === null ? [] : { streamIndex: index, kind, why }));
}

function ofFile(kind: string, count: number, what: string): LeftOut[] {
  return count === 0 ? [] : [{ streamIndex: null, kind, why: `${count} ${what}` }];
}
