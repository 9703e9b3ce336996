import { FyrestreamError } from '@fyrestream/events';
import type { SourceFacts, VideoStream } from '../facts/source-facts.ts';
import type { Crop } from './crop.ts';
import type { RangeReader } from './range-reader.ts';
import { readCleanAperture } from './read-clean-aperture.ts';
import { readMatroskaCrop } from './read-matroska-crop.ts';

/**
 * The visible part of a video according to the container; null if all of it is visible. ffmpeg reads it from version
 * 7.1 on, and ffprobe does not print it.
 */
export async function readContainerCrop(
  facts: SourceFacts,
  video: VideoStream,
  read: RangeReader,
): Promise<Crop | null> {
  try {
    const crop = await cropOf(facts, video, read);
    return crop && isPlausible(crop, video) ? crop : null;
  } catch (error) {
    // ffmpeg's demuxers also accept files that are not well-formed.
    if (error instanceof FyrestreamError || error instanceof RangeError) return null;
    throw error;
  }
}

async function cropOf(facts: SourceFacts, video: VideoStream, read: RangeReader): Promise<Crop | null> {
  if (facts.demuxer === 'mov') return readCleanAperture(read, video.index);
  if (facts.demuxer !== 'matroska') return null;
  const position = facts.video.findIndex(({ index }) => index === video.index);
  return readMatroskaCrop(read, position);
}

/** A crop to less than a quarter of an edge is treated as damage. */
function isPlausible({ x, y, size }: Crop, { codedSize }: VideoStream): boolean {
  const isInside =
    x >= 0 && y >= 0 && x + size.width <= codedSize.width && y + size.height <= codedSize.height;
  const isLess = size.width < codedSize.width || size.height < codedSize.height;
  return isInside && isLess && size.width * 4 >= codedSize.width && size.height * 4 >= codedSize.height;
}
