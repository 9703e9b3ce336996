import type { FfprobeStream } from './ffprobe-output.ts';
import type { Orientation } from './source-facts.ts';

const quarterTurns = [0, 90, 180, 270] as const;

/**
 * The rotation of stored frames. The display matrix takes precedence over the legacy `rotate` tag (degrees clockwise,
 * written by old muxers and copied to MKV and others). ffprobe's `rotation` does not distinguish mirrored from rotated
 * video, so the matrix itself is parsed.
 */
export function readOrientation(stream: FfprobeStream): Orientation {
  const sideData = stream.side_data_list.find((entry) => entry.side_data_type === 'Display Matrix');
  const turn = sideData?.displaymatrix ? readDisplayMatrix(sideData.displaymatrix) : null;
  if (turn) return { ...turn, signalledBy: 'display-matrix' };
  if (sideData?.rotation !== undefined) {
    return {
      rotationDegrees: quarterTurn(-sideData.rotation),
      isMirrored: false,
      signalledBy: 'display-matrix',
    };
  }
  const legacy = Number(stream.tags.get('rotate'));
  const rotationDegrees = Number.isFinite(legacy) ? quarterTurn(legacy) : 0;
  return {
    rotationDegrees,
    isMirrored: false,
    signalledBy: rotationDegrees === 0 ? 'nothing' : 'rotate-tag',
  };
}

/** The upper left of the 3x3 matrix: the stored pixel (x, y) is displayed at (ax + cy, bx + dy). */
export function readDisplayMatrix(dump: string): Pick<Orientation, 'rotationDegrees' | 'isMirrored'> | null {
  const matrix = readMatrix(dump);
  return matrix && turnOfMatrix(matrix);
}

/** The upper left of the 3x3 matrix: the stored pixel (x, y) is displayed at (ax + cy, bx + dy). */
type Matrix = { a: number; b: number; c: number; d: number };

/** Parses ffprobe's dump: three lines of three fixed-point numbers after an offset. */
function readMatrix(dump: string): Matrix | null {
  const rows = [...dump.matchAll(/^\s*[0-9a-f]{8}:\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)/gm)];
  const [a, b, c, d] = [rows[0]?.[1], rows[0]?.[2], rows[1]?.[1], rows[1]?.[2]].map(Number);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  return [a, b, c, d].every(Number.isFinite) ? { a, b, c, d } : null;
}

function turnOfMatrix({ a, b, c, d }: Matrix): Pick<Orientation, 'rotationDegrees' | 'isMirrored'> {
  const isMirrored = a * d - b * c < 0;
  // Mirrored video is treated as flipped left to right first, then rotated.
  const clockwiseRadians = isMirrored ? Math.atan2(-b, -a) : Math.atan2(b, a);
  return { rotationDegrees: quarterTurn((clockwiseRadians * 180) / Math.PI), isMirrored };
}

function quarterTurn(degrees: number): Orientation['rotationDegrees'] {
  const clockwise = ((degrees % 360) + 360) % 360;
  // Off-axis angles (a phone held aslant) keep the frame's own edges, as ffmpeg's rotate filter does.
  const isQuarter = Math.abs((clockwise % 90) - 45) > 44;
  return isQuarter ? (quarterTurns[Math.round(clockwise / 90) % 4] ?? 0) : 0;
}
