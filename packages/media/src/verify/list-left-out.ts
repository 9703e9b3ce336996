import type { LeftOut } from '@fyrestream/events';
import type { EncodePlan } from '../plan/encode-plan.ts';
import type { SourceAssessment } from './assess-source.ts';
import type { Gap } from './frame-times.ts';

/** Encoders pad audio and cameras stop microphones slightly earlier: a smaller difference is ignored. */
const minEarlySeconds = 1;

/** Everything of a source that is not in the output: from the plan and from the encode. */
export function listLeftOut(
  plan: EncodePlan,
  content: SourceAssessment,
  found: readonly LeftOut[] = [],
): LeftOut[] {
  return [...plan.leftOut, ...tracksThatStopEarly(content), ...describeGaps(plan, content), ...found];
}

function tracksThatStopEarly({ streams }: SourceAssessment): LeftOut[] {
  const endSeconds = Math.max(0, ...streams.map(({ decodedEndSeconds }) => decodedEndSeconds ?? 0));
  return streams.flatMap(({ streamIndex, kind, decodedEndSeconds }) => {
    if (decodedEndSeconds === null || endSeconds - decodedEndSeconds < minEarlySeconds) return [];
    const why = `it ends at ${decodedEndSeconds.toFixed(1)} s, the others at ${endSeconds.toFixed(1)} s`;
    return { streamIndex, kind, why };
  });
}

/** Demuxers of recordings in which a video alone never pauses. */
const continuousDemuxers = new Set(['mpegts', 'mpeg']);

/**
 * Times at which every stream has a gap: the recording was interrupted, or a part of the file is missing. Video alone
 * has gaps if a screen does not change, and audio during silence.
 */
function describeGaps({ demuxer, video }: EncodePlan, { streams }: SourceAssessment): LeftOut[] {
  const isVideoAlone = video !== null && streams.length === 1;
  if (isVideoAlone && !continuousDemuxers.has(demuxer)) return [];
  const [first, ...others] = streams;
  const common = others.reduce((gaps, stream) => intersect(gaps, stream.gaps), first?.gaps ?? []);
  return common.map(({ fromSeconds, toSeconds }) => ({
    streamIndex: null,
    kind: 'time',
    why: `the source has nothing between ${fromSeconds.toFixed(1)} s and ${toSeconds.toFixed(1)} s`,
  }));
}

/** Shorter common gaps are where one stream ends a pause and another begins one. */
const minCommonSeconds = 0.4;

function intersect(left: readonly Gap[], right: readonly Gap[]): Gap[] {
  return left.flatMap((one) =>
    right.flatMap((other) => {
      const fromSeconds = Math.max(one.fromSeconds, other.fromSeconds);
      const toSeconds = Math.min(one.toSeconds, other.toSeconds);
      return toSeconds - fromSeconds >= minCommonSeconds ? { fromSeconds, toSeconds } : [];
    }),
  );
}

/** Records and events are small: a record of at most about 100 kB holds a job, its outputs and unpublished events. */
const maxEntries = 40;
const maxReasonLength = 300;

/** The list for a job's record; the certificate has all entries. */
export function shortenLeftOut(list: readonly LeftOut[]): LeftOut[] {
  const kept = list.length > maxEntries ? list.slice(0, maxEntries - 1) : list;
  const short = kept.map((entry) => ({ ...entry, why: entry.why.slice(0, maxReasonLength) }));
  if (kept.length === list.length) return short;
  const more = list.length - kept.length;
  return [...short, { streamIndex: null, kind: 'more', why: `${more} more: the certificate lists them` }];
}
