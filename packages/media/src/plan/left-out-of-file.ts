import type { LeftOut } from '@fyrestream/events';
import type { SourceFacts, VideoStream } from '../facts/source-facts.ts';

/** Parts of a file that are never in the output, and properties of the chosen video that are lost. */
export function leftOutOfFile(facts: SourceFacts, video: VideoStream | null): LeftOut[] {
  const { attachmentCount, unreadable } = facts;
  return [
    ...unreadable.map(({ index, codec }) => ({
      streamIndex: index,
      kind: 'video',
      why: `its parameters cannot be read (${codec ?? 'unknown codec'})`,
    })),
    ...(video ? leftOutOfVideo(video) : []),
    ...ofFile('attachment', attachmentCount, 'attached files (fonts and the like)'),
  ];
}

function leftOutOfVideo({ index, hasAlpha, projection, stereoPacking }: VideoStream): LeftOut[] {
  const entries: [kind: string, why: string | null][] = [
    ['alpha', hasAlpha ? 'its transparency: the output has none' : null],
    ['projection', projection && `it is a 360° video (${projection}): the output is flat`],
    [
      'stereo',
      stereoPacking && `it is stereoscopic (${stereoPacking}): the output shows frames as they are stored`,
    ],
  ];
  return entries.flatMap(([kind, why]) => (why === null ? [] : { streamIndex: index, kind, why }));
}

function ofFile(kind: string, count: number, what: string): LeftOut[] {
  return count === 0 ? [] : [{ streamIndex: null, kind, why: `${count} ${what}` }];
}
