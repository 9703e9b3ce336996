import { FyrestreamError } from '@fyrestream/events';
import {
  type EncodePlan,
  type Presentation,
  plannedRenditions,
  type TrackManifest,
  trackDurationSeconds,
} from '@fyrestream/media';
import { z } from 'zod';
import type { WorkOnJob } from '../worker.ts';

/** Something that was measured and held against a bound. */
export interface Check {
  readonly name: string;
  readonly measured: number | string;
  readonly bound: string;
}

/** Audio may end a little before or after the picture, never by more than this. */
const frameToleranceSeconds = 0.1;

/** Holds what was encoded against the plan: every rendition there, of its size, all of them cut at the same frames. */
export function verifyTracks(plan: EncodePlan, presentation: Presentation): Check[] {
  const planned = plannedRenditions(plan);
  const checks: Check[] = planned.map(({ id, width, height }) => {
    const track = presentation.video.find((candidate) => candidate.trackId === id);
    return hold(
      `${id}: picture size`,
      track ? `${track.width}x${track.height}` : 'missing',
      `${width}x${height}`,
    );
  });
  const cuts = presentation.video.map((track) => [
    track.trackId,
    track.segments
      .map(({ startTicks, frameCount }) => `${startTicks / track.timescale}+${frameCount}`)
      .join(' '),
  ]);
  const [, firstCuts = ''] = cuts[0] ?? [];
  for (const [trackId, own = ''] of cuts) {
    hold(`${trackId}: segments`, own, firstCuts);
    checks.push({
      name: `${trackId}: segments aligned`,
      measured: 'yes',
      bound: 'as in the first rendition',
    });
  }
  return checks;
}

const probedSchema = z.object({
  streams: z.array(z.object({ codec_type: z.string(), nb_read_packets: z.coerce.number() })),
  format: z.object({ duration: z.coerce.number() }),
});

/** Reads a finished MP4 back from disk and counts what is in it. */
export async function verifyMp4(
  { ffmpeg }: WorkOnJob,
  path: string,
  track: TrackManifest,
  signal: AbortSignal,
): Promise<Check[]> {
  const entries = 'stream=codec_type,nb_read_packets:format=duration';
  const argv = ['-v', 'error', '-f', 'mov', '-count_packets', '-show_entries', entries, '-of', 'json', path];
  const probed = probedSchema.parse(JSON.parse(await ffmpeg.probe(argv, signal)));
  const packets = probed.streams.find((stream) => stream.codec_type === track.kind)?.nb_read_packets ?? 0;
  const seconds = trackDurationSeconds(track);
  const shortfall = Math.max(0, seconds - probed.format.duration);
  return [
    hold(`${track.trackId}: frames in the MP4`, packets, track.frameCount),
    atMost(`${track.trackId}: seconds missing in the MP4`, shortfall, frameToleranceSeconds),
  ];
}

function hold(name: string, measured: number | string, expected: number | string): Check {
  if (measured === expected) return { name, measured, bound: `${expected}` };
  throw failed(name, measured, `${expected}`);
}

function atMost(name: string, measured: number, bound: number): Check {
  if (measured <= bound) return { name, measured, bound: `at most ${bound}` };
  throw failed(name, measured, `at most ${bound}`);
}

function failed(name: string, measured: number | string, bound: string): FyrestreamError {
  return new FyrestreamError({
    code: 'verification-failed',
    message: `Verification failed, nothing was published: ${name} is ${measured}, expected ${bound}.`,
    retryable: true,
  });
}
