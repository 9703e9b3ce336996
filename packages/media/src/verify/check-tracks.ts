import { rationalValue } from '../cmaf/rational.ts';
import type { TrackManifest, VideoTrackManifest } from '../cmaf/track-manifest.ts';
import { planOfOwnAudio } from '../plan/add-audio-files.ts';
import { type EncodePlan, plannedRenditions } from '../plan/encode-plan.ts';
import type { Presentation } from '../playlists/presentation.ts';
import { trackDurationSeconds } from '../playlists/track-times.ts';
import type { SourceAssessment } from './assess-source.ts';
import { type Check, equalCheck, maxCheck } from './check.ts';
import { checkAudioOffset } from './check-audio-offset.ts';
import { checkFrameCounts } from './check-frame-counts.ts';
import type { ReferenceCapture } from './reference-capture.ts';

/** One AAC frame more than the tolerance of video, a frame at 24 per second. */
const endToleranceSeconds = 0.1;
/**
 * Players start both at the same time: half of the offset that people notice (ITU-R BT.1359: 45 ms early, 125 ms late).
 */
const startToleranceSeconds = 0.02;

/**
 * Compares the packaged tracks with the plan, with the frames that the encoders got, and with each other, by the times
 * of the segments, which players use.
 */
export function checkTracks(
  plan: EncodePlan,
  { video, audio }: Presentation,
  capture: readonly ReferenceCapture[],
  content: SourceAssessment,
): Check[] {
  const byId = new Map<string, TrackManifest>([...video, ...audio].map((track) => [track.trackId, track]));
  const planned = [...plannedRenditions(plan), ...plan.audio].map(({ id }) => id);
  const missing = planned.filter((id) => !byId.has(id));
  const [first] = video;
  return [
    equalCheck({ name: 'planned-tracks-missing', measured: missing.join(' ') || 'none' }, 'none'),
    ...video.flatMap((track) => [
      ...checkSize(plan, track),
      ...checkFrameCount(track, framesGiven(plan, capture, track.trackId), first),
      ...(first ? checkAlignment(track, first) : []),
      checkKeyFrames(plan, track),
    ]),
    ...checkFrameCounts(plan, capture, content),
    ...checkAudioOffset(plan, capture, content),
    ...checkEnds(plan, byId, content),
    ...audio.map((track) => checkStart(track, first)),
  ];
}

function checkSize(plan: EncodePlan, { trackId, width, height }: VideoTrackManifest): Check[] {
  const planned = plannedRenditions(plan).find(({ id }) => id === trackId);
  const expected = planned ? `${planned.width}x${planned.height}` : 'a planned rendition';
  return [equalCheck({ name: 'picture-size', subject: trackId, measured: `${width}x${height}` }, expected)];
}

/** If no video was encoded, the other renditions are compared with the first one, which has nothing to be compared with. */
function checkFrameCount(
  { trackId, frameCount }: VideoTrackManifest,
  given: number | null,
  first: VideoTrackManifest | undefined,
): Check[] {
  const expected = given ?? (trackId === first?.trackId ? null : first?.frameCount);
  if (expected == null) return [];
  return [equalCheck({ name: 'frame-count', subject: trackId, measured: frameCount }, expected)];
}

/** Of a branch whose renditions are all kept, the frames of another one: all get the same. Null if no video was encoded. */
function framesGiven(plan: EncodePlan, capture: readonly ReferenceCapture[], trackId: string): number | null {
  const branch = plan.video?.branches.find(({ renditions }) => renditions.some(({ id }) => id === trackId));
  const all = capture.flatMap((unit) => unit.video);
  const own = all.filter(({ branchId }) => branchId === branch?.id);
  const isKept = plan.kept?.trackIds.includes(trackId) === true;
  const references =
    own.length === 0 && isKept ? all.filter(({ branchId }) => branchId === all[0]?.branchId) : own;
  if (references.length === 0 && isKept) return null;
  return references.reduce((sum, { frameCount }) => sum + frameCount, 0);
}

/** Segments and key frames of all renditions must start at the same times, where players switch between them. */
function checkAlignment(track: VideoTrackManifest, first: VideoTrackManifest): Check[] {
  const cuts = (of: VideoTrackManifest) => {
    const moments = of.segments.flatMap(({ startTicks, gops }) => [
      `segment ${startTicks / of.timescale}`,
      ...gops.map((gop) => `key ${gop.startTicks / of.timescale}`),
    ]);
    return new Set(moments);
  };
  const [own, due] = [cuts(track), cuts(first)];
  const differing = [...own, ...due].filter((moment) => !(own.has(moment) && due.has(moment))).length;
  return [equalCheck({ name: 'cuts-not-aligned', subject: track.trackId, measured: differing }, 0)];
}

function checkKeyFrames(plan: EncodePlan, track: VideoTrackManifest): Check {
  const gops = track.segments.flatMap((segment) => segment.gops);
  const due = plan.video?.keyFrameIntervalFrames ?? 0;
  const wrong = gops.filter(
    ({ closed, frameCount }, index) =>
      !closed || (index < gops.length - 1 ? frameCount !== due : frameCount > due),
  );
  return equalCheck({ name: 'irregular-key-frames', subject: track.trackId, measured: wrong.length }, 0);
}

/** Each track must end where its stream of the source ended when it was decoded, without loss or drift. */
function checkEnds(
  plan: EncodePlan,
  byId: ReadonlyMap<string, TrackManifest>,
  content: SourceAssessment,
): Check[] {
  const frameSeconds = plan.video ? 1 / rationalValue(plan.video.frameRate) : 0;
  const streamOf = new Map([
    ...plannedRenditions(plan).map(({ id }) => [id, plan.video?.streamIndex] as const),
    ...planOfOwnAudio(plan).audio.map(({ id, streamIndex }) => [id, streamIndex] as const),
  ]);
  return [...byId.values()].flatMap((track) => {
    const stream = content.streams.find(({ streamIndex }) => streamIndex === streamOf.get(track.trackId));
    const end = stream?.decodedEndSeconds;
    if (stream === undefined || end === undefined || end === null) return [];
    const measured = Math.abs(trackDurationSeconds(track) - end);
    // The last frame may be shorter than others: FLAC has frames of more than a second.
    const slack = Math.max(
      endToleranceSeconds,
      2 * frameSeconds,
      stream.lastFrameSeconds + endToleranceSeconds / 2,
    );
    return [maxCheck({ name: 'end-differs-seconds', subject: track.trackId, measured }, slack)];
  });
}

function checkStart(track: TrackManifest, video: VideoTrackManifest | undefined): Check {
  const startSeconds = (of: TrackManifest) => (of.segments[0]?.startTicks ?? 0) / of.timescale;
  const measured = Math.abs(startSeconds(track) - (video ? startSeconds(video) : 0));
  return maxCheck({ name: 'start-differs-seconds', subject: track.trackId, measured }, startToleranceSeconds);
}
