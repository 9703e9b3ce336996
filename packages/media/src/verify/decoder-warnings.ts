import { z } from 'zod';

/** What demuxers and decoders had to say against a source while it was encoded. */
export const decoderWarningsSchema = z.strictObject({
  /** Lines of level `error`; a floor where a badly damaged file makes more than are kept. */
  errors: z.int().nonnegative(),
  /** Packets and frames that came with the mark `corrupt`. */
  corrupt: z.int().nonnegative(),
  /** The first different ones. */
  examples: z.array(z.string()),
});
export type DecoderWarnings = z.infer<typeof decoderWarningsSchema>;

const examplesKept = 5;
const maxExampleLength = 200;

/** Reads stderr of a run with the log level `level+warning`. */
export function readDecoderWarnings(stderr: string): DecoderWarnings {
  const lines = stderr.split('\n');
  const errors = lines.filter((line) => /\[(error|fatal|panic)\]/.test(line));
  const corrupt = lines.filter((line) => /\[warning\].*corrupt/i.test(line));
  return {
    errors: errors.length,
    corrupt: corrupt.length,
    examples: [...new Set([...errors, ...corrupt].map(readable))].slice(0, examplesKept),
  };
}

export function joinDecoderWarnings(parts: readonly DecoderWarnings[]): DecoderWarnings {
  return {
    errors: parts.reduce((sum, { errors }) => sum + errors, 0),
    corrupt: parts.reduce((sum, { corrupt }) => sum + corrupt, 0),
    examples: [...new Set(parts.flatMap(({ examples }) => examples))].slice(0, examplesKept),
  };
}

/** Without addresses, which differ from run to run, without paths, and without what a file's own texts may hold. */
function readable(line: string): string {
  return line
    .replaceAll(/ @ 0x[0-9a-f]+/g, '')
    .replaceAll(/\S*\/\S*/g, '…')
    .replaceAll(/[^\x20-\x7e…]/g, '?')
    .slice(0, maxExampleLength);
}
