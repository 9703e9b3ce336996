import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedRendition, PlannedVideo } from '@fyrestream/media';
import type { Material } from '../material/material.ts';
import { interpolateBitrate, ssimDecibels } from '../measure/interpolate-bitrate.ts';
import { runFfmpeg } from '../measure/run-ffmpeg.ts';
import {
  type Comparison,
  compareCommand,
  encodeCommand,
  type RateControl,
  readComparison,
} from './quality-commands.ts';
import { sampleBitrates } from './sample-bitrates.ts';

interface Encode extends Comparison {
  readonly bitrateBitsPerSecond: number;
}

/** A rendition of the default ladder against the same encoder at fixed bitrates. */
export interface ComparedRendition {
  readonly height: number;
  readonly planned: Encode;
  /** At the bitrate of the sample. */
  readonly sample: Encode;
  /** The fixed bitrate with the same quality as the planned encode; null if it is not between the tried ones. */
  readonly equalSsimBitrate: number | null;
  readonly equalXpsnrBitrate: number | null;
}

export interface QualityOptions {
  readonly directory: string;
  readonly material: Material;
  readonly video: PlannedVideo;
  readonly withXpsnr: boolean;
}

/** Around the bitrate of the planned encode. */
const triedShares = [0.6, 0.85, 1.2, 1.7];

export async function compareRendition(
  options: QualityOptions,
  rendition: PlannedRendition,
): Promise<ComparedRendition> {
  const planned = await encodeAndCompare(options, rendition, 'planned');
  const fixed: Encode[] = [];
  for (const share of triedShares) {
    const bitrateBitsPerSecond = share * planned.bitrateBitsPerSecond;
    fixed.push(await encodeAndCompare(options, rendition, { bitrateBitsPerSecond }));
  }
  const height = Math.min(rendition.width, rendition.height);
  const sample = await encodeAndCompare(options, rendition, {
    bitrateBitsPerSecond: sampleBitrates.get(height) ?? 0,
  });
  const equalBitrate = (of: (encode: Encode) => number | null) => {
    const quality = of(planned);
    const points = [...fixed, sample].flatMap((encode) => {
      const measured = of(encode);
      return measured === null ? [] : [{ ...encode, quality: measured }];
    });
    return quality === null ? null : interpolateBitrate(points, quality);
  };
  return {
    height,
    planned,
    sample,
    equalSsimBitrate: equalBitrate(({ ssim }) => ssimDecibels(ssim)),
    equalXpsnrBitrate: equalBitrate(({ xpsnr }) => xpsnr),
  };
}

async function encodeAndCompare(
  { directory, material, video, withXpsnr }: QualityOptions,
  rendition: PlannedRendition,
  control: RateControl,
): Promise<Encode> {
  const [source, target] = [material.path, join(directory, 'quality.mp4')];
  await runFfmpeg(encodeCommand(video, rendition, control, { source, target }));
  const { stderr } = await runFfmpeg(
    compareCommand(video, rendition, { source, encoded: target, withXpsnr }),
  );
  const { size } = await stat(target);
  await rm(target);
  return { ...readComparison(stderr), bitrateBitsPerSecond: (8 * size) / material.durationSeconds };
}
