import type { SourceFacts } from '@fyrestream/media';

/** One line per stream of a source, as the file tells of them. */
export function describeStreams(facts: SourceFacts): string[] {
  const streams = [
    ...facts.video.map((stream) => ({
      ...stream,
      facts: [
        stream.isAttachedPicture ? 'cover art' : 'video',
        stream.codec ?? 'unknown codec',
        `${stream.displaySize.width}×${stream.displaySize.height}`,
        stream.pixelFormat,
        stream.dynamicRange === 'sdr' ? null : stream.dynamicRange.toUpperCase(),
        stream.orientation.rotationDegrees === 0 ? null : `turned by ${stream.orientation.rotationDegrees}°`,
      ],
    })),
    ...facts.audio.map((stream) => ({
      ...stream,
      facts: [
        'audio',
        stream.codec ?? 'unknown codec',
        stream.channelLayout ?? `${stream.channels} channels`,
        `${stream.sampleRateHertz} Hz`,
        stream.language,
      ],
    })),
    ...facts.subtitles.map((stream) => ({
      ...stream,
      facts: [`${stream.kind} subtitles`, stream.codec ?? 'unknown codec', stream.language],
    })),
    ...facts.data.map((stream) => ({ ...stream, facts: ['data', stream.kind] })),
  ];
  return streams
    .toSorted((a, b) => a.index - b.index)
    .map(({ index, facts }) => `${index} ${facts.filter((word) => word !== null).join(', ')}`);
}
