import type { FfprobeFrame } from './ffprobe-output.ts';
import type { Mastering } from './source-facts.ts';

type Fields = FfprobeFrame['side_data_list'][number];

/** The display that the video was mastered on and its light levels, as far as the frames have them. */
export function readMastering(frames: FfprobeFrame[]): Mastering {
  const sideData = frames.flatMap((frame) => frame.side_data_list);
  const named = (name: string) => sideData.find((entry) => entry.side_data_type === name) ?? {};
  const light = named('Content light level metadata');
  const [maximumNits, averageNits] = [number(light, 'max_content'), number(light, 'max_average')];
  return {
    display: readDisplay(named('Mastering display metadata')),
    contentLight: maximumNits && averageNits !== null ? { maximumNits, averageNits } : null,
  };
}

/** Null if a part is missing: incomplete metadata cannot be passed on. */
function readDisplay(fields: Fields): Mastering['display'] {
  const point = (name: string) => ({ x: number(fields, `${name}_x`), y: number(fields, `${name}_y`) });
  const [red, green, blue, white] = ['red', 'green', 'blue', 'white_point'].map(point);
  const [minimumNits, maximumNits] = [number(fields, 'min_luminance'), number(fields, 'max_luminance')];
  if (!isWhole(red) || !isWhole(green) || !isWhole(blue) || !isWhole(white)) return null;
  return minimumNits === null || !maximumNits ? null : { red, green, blue, white, minimumNits, maximumNits };
}

function isWhole(point?: { x: number | null; y: number | null }): point is { x: number; y: number } {
  return point !== undefined && point.x !== null && point.y !== null;
}

/** ffprobe writes `34000/50000` or a whole number. */
function number(fields: Fields, name: string): number | null {
  const [numerator = Number.NaN, denominator = 1] = `${fields[name] ?? 'none'}`.split('/').map(Number);
  const value = numerator / denominator;
  return Number.isFinite(value) && value >= 0 ? value : null;
}
