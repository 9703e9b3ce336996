import { z } from 'zod';
import { mediaCeilings } from '../ceilings/media-ceilings.ts';
import { inputOptions } from '../facts/input-options.ts';
import type { FrameSize } from '../facts/source-facts.ts';
import type { WatermarkDemuxer } from './watermark-file.ts';

const probeSchema = z.object({
  streams: z.array(
    z.object({ width: z.int().positive(), height: z.int().positive(), nb_read_frames: z.coerce.number() }),
  ),
});

/** The options of the image in every command that decodes it: a local file, its demuxer, no larger image. */
export function watermarkInputOptions(demuxer: WatermarkDemuxer): string[] {
  return [...inputOptions(demuxer), '-max_pixels', `${mediaCeilings.watermarkEdgePixels ** 2}`];
}

/** ffprobe's argv for `readWatermarkProbe`: decodes the image, so that a damaged one is found before anything is encoded. */
export function watermarkProbeArguments(path: string, demuxer: WatermarkDemuxer): string[] {
  return [
    ...['-v', 'error', ...watermarkInputOptions(demuxer)],
    // A file may hold several images; the first one is used.
    ...['-err_detect', 'explode', '-count_frames', '-read_intervals', '%+#1'],
    ...['-show_entries', 'stream=width,height,nb_read_frames', '-of', 'json', path],
  ];
}

/** The size of the image; null if ffprobe could not decode it, or it is larger than a watermark may be. */
export function readWatermarkProbe(output: string): FrameSize | null {
  const parsed = probeSchema.safeParse(JSON.parse(output));
  const [image] = parsed.data?.streams ?? [];
  if (image === undefined || image.nb_read_frames < 1) return null;
  const { width, height } = image;
  return Math.max(width, height) > mediaCeilings.watermarkEdgePixels ? null : { width, height };
}
