import type { AudioStream } from '../facts/source-facts.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';

/** Mono streams that are the channels of one audio track, in the order of the layout. */
export interface MonoStreamGroup {
  readonly streams: readonly AudioStream[];
  /** ffmpeg's names of the channels, one per stream: `FL`, `FR` … */
  readonly speakers: readonly string[];
  readonly why: string;
}

/** From ffmpeg's native order, the ones that editors use as labels. */
const speakerOrder = ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'FLC', 'FRC', 'BC', 'SL', 'SR'];

/** Tolerance for rounding in containers; different recordings do not have ends this close. */
const maxDifferenceSeconds = 0.1;

/**
 * Finds the mono streams that belong together: streams labelled as the channels of one layout, or exactly two streams
 * with equal properties. Recorders and editors store left and right as separate tracks.
 */
export function joinMonoStreams(
  streams: readonly AudioStream[],
  surveys: readonly StreamSurvey[],
): MonoStreamGroup[] {
  const changing = new Set(
    surveys.flatMap((survey) => (survey.changesAudioFormat ? survey.streamIndex : [])),
  );
  const labelled = joinLabelled(streams.filter((stream) => isMain(stream) && !changing.has(stream.index)));
  if (labelled.length > 0) return labelled;
  const [left, right] = streams;
  if (left === undefined || right === undefined || streams.length > 2) return [];
  if (changing.has(left.index) || changing.has(right.index)) return [];
  if (!isUnlabelledMono(left) || !isUnlabelledMono(right) || !areAlike(left, right, surveys)) return [];
  return [
    {
      streams: [left, right],
      speakers: ['FL', 'FR'],
      why: `streams ${left.index} and ${right.index} are two mono tracks of equal length: left and right of one stereo track`,
    },
  ];
}

interface LabelledStream {
  readonly speaker: string;
  readonly stream: AudioStream;
}

function joinLabelled(streams: readonly AudioStream[]): MonoStreamGroup[] {
  const groups: LabelledStream[][] = [];
  for (const stream of streams) {
    const speaker = speakerOf(stream);
    if (speaker === null) continue;
    // A channel that exists already starts the next group: another language or another mix.
    const open = groups.find((group) =>
      group.every((one) => one.speaker !== speaker && one.stream.language === stream.language),
    );
    if (open) open.push({ speaker, stream });
    else groups.push([{ speaker, stream }]);
  }
  return groups.flatMap((labelled) => {
    const group = withCentre(labelled, streams);
    const speakers = group.map(({ speaker }) => speaker);
    if (!speakers.includes('FL') || !speakers.includes('FR')) return [];
    const inOrder = group.toSorted(
      (a, b) => speakerOrder.indexOf(a.speaker) - speakerOrder.indexOf(b.speaker),
    );
    const named = inOrder.map(({ speaker, stream }) => `${stream.index} (${speaker})`).join(', ');
    return {
      streams: inOrder.map(({ stream }) => stream),
      speakers: inOrder.map(({ speaker }) => speaker),
      why: `streams ${named} are labelled as the channels of one track`,
    };
  });
}

/** ffmpeg calls a centre channel `mono`: it is a centre only together with more channels than left and right. */
function withCentre(group: LabelledStream[], streams: readonly AudioStream[]): LabelledStream[] {
  const centres = streams.filter(
    ({ channels, channelLayout, language }) =>
      channels === 1 && channelLayout === 'mono' && language === group[0]?.stream.language,
  );
  const [centre] = centres;
  return group.length > 2 && centre && centres.length === 1
    ? [...group, { speaker: 'FC', stream: centre }]
    : group;
}

/** ffmpeg calls a single channel `1 channels (FL)`; plain `mono` does not name its position. */
function speakerOf({ channels, channelLayout, title }: AudioStream): string | null {
  if (channels !== 1) return null;
  const named = /^(?:1 channels? \()?([A-Z]+)\)?$/.exec(channelLayout ?? '')?.[1];
  if (named !== undefined && speakerOrder.includes(named)) return named;
  const side = /^(?:(left|l)|(right|r))$/i.exec(title ?? '');
  if (side) return side[1] === undefined ? 'FR' : 'FL';
  return null;
}

function isUnlabelledMono(stream: AudioStream): boolean {
  return stream.channels === 1 && speakerOf(stream) === null && isMain(stream);
}

function isMain({ role }: AudioStream): boolean {
  return role === 'main';
}

/** `A1` and `A2` mean only that there are two. */
function withoutNumber(title: string | null): string | null {
  return title?.replaceAll(/\d+/g, '') ?? null;
}

function areAlike(left: AudioStream, right: AudioStream, surveys: readonly StreamSurvey[]): boolean {
  const secondsOf = ({ index, durationSeconds }: AudioStream) =>
    surveys.find((survey) => survey.streamIndex === index)?.decodedSeconds ?? durationSeconds ?? 0;
  const isClose = (one: number, other: number) => Math.abs(one - other) <= maxDifferenceSeconds;
  return (
    left.codec === right.codec &&
    left.sampleRateHertz === right.sampleRateHertz &&
    left.language === right.language &&
    withoutNumber(left.title) === withoutNumber(right.title) &&
    isClose(left.startSeconds ?? 0, right.startSeconds ?? 0) &&
    isClose(secondsOf(left), secondsOf(right))
  );
}
