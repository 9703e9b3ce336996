import { runForBytes } from './run-tool.ts';

const width = 200;
/** Darker than every colour of the fixtures. */
const black = 40;

/** The share of the width that is black at the left of the first and of the last frame, at half height. */
export async function measureBars(path: string): Promise<{ first: number; last: number }> {
  const filters = ['-vf', `scale=${width}:2:flags=area,format=gray`, '-fps_mode', 'passthrough'];
  const pixels = await runForBytes('ffmpeg', ['-v', 'error', '-i', path, ...filters, '-f', 'rawvideo', '-']);
  const shareOf = (row: Uint8Array) =>
    Math.max(
      0,
      row.findIndex((value) => value >= black),
    ) / width;
  return {
    first: shareOf(pixels.subarray(0, width)),
    last: shareOf(pixels.subarray(pixels.length - width)),
  };
}
