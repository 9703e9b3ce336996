import type { LadderConfig, VersionRecipe } from '@fyrestream/events';
import type { SourceFacts } from '../facts/source-facts.ts';
import { type EncodePlan, type PlannedRendition, plannedRenditions } from '../plan/encode-plan.ts';
import { videoBitrateOf } from '../plan/plan-rungs.ts';
import { workOfPlan } from '../size/encode-work.ts';

/**
 * How a plan makes a version, as far as the record of its job keeps it.
 * @param watermark of the profile; null if that is no longer known. A plan without a watermark needs none
 */
export function recipeOf(
  { facts, plan }: { facts: SourceFacts; plan: EncodePlan },
  watermark: LadderConfig['watermark'] | null,
): VersionRecipe {
  return {
    outputs: plan.outputs,
    encryption: plan.encryption ?? 'off',
    video: videoOf(facts, plan, watermark),
    audio: audioOf(plan),
  };
}

function videoOf(
  facts: SourceFacts,
  plan: EncodePlan,
  watermark: LadderConfig['watermark'] | null,
): VersionRecipe['video'] {
  const { video } = plan;
  const stream = facts.video.find(({ index }) => index === video?.streamIndex);
  if (video === null || stream === undefined) return null;
  const { frames, sourceFrames, filterCpuSecondsPerFrame } = workOfPlan(plan, {
    sizeBytes: 0,
    durationSeconds: facts.durationSeconds,
  });
  return {
    ...video.displaySize,
    codec: stream.codec,
    bitrateBitsPerSecond: videoBitrateOf(stream, facts),
    dynamicRange: video.dynamicRange ?? stream.dynamicRange,
    ...{ sourceFrames, frames, filterCpuSecondsPerFrame },
    renditions: plannedRenditions(plan).map(settingsOf),
    watermark: video.watermark === null ? 'off' : watermark,
  };
}

/** Without its reason. */
function settingsOf({ why: _why, ...settings }: PlannedRendition) {
  return settings;
}

function audioOf({ audio, loudness }: EncodePlan): VersionRecipe['audio'] {
  const [first] = audio;
  if (first === undefined) return null;
  const hasSurround = audio.some((track) => track.hasSurround);
  const isKept = audio.some(({ channels }) => channels === 6);
  return {
    tracks: audio.reduce((sum, { channels }) => sum + channels, 0) / 2,
    bitrateBitsPerSecond: first.bitrateBitsPerSecond,
    loudness: loudness ?? 'off',
    surround: isKept ? 'keep' : hasSurround ? 'off' : 'none',
  };
}
