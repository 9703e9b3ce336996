import { z } from 'zod';

/** The messages of demuxers and decoders about a source during its encode. */
export const decoderWarningsSchema = z.strictObject({
  /** Lines of level `error`; at least this many if a badly damaged file printed more lines than are kept. */
  errors: z.int().nonnegative(),
  /** Packets and frames that were marked as corrupt. */
  corrupt: z.int().nonnegative(),
  /** The first different messages. */
  examples: z.array(z.string()),
});
export type DecoderWarnings = z.infer<typeof decoderWarningsSchema>;

const maxExamples = 5;
const maxExampleLength = 200;

/**
 * What the H.264 decoder reports after a seek to a key frame of an open GOP: a frame names one from before the seek that it does not
 * use, or that only frames before the first key frame use. Source: libavcodec/h264_refs.c, h264_direct.c
 */
const harmlessAfterSeek = /mmco: unref short failure|co located POCs unavailable/;

/**
 * Parses stderr of a run with the log level `level+warning`.
 * @param startsAtKeyFrame whether decoding began in the middle of the source
 */
export function readDecoderWarnings(stderr: string, startsAtKeyFrame = false): DecoderWarnings {
  const lines = stderr.split('\n').filter((line) => !(startsAtKeyFrame && harmlessAfterSeek.test(line)));
  const errors = lines.filter((line) => /\[(error|fatal|panic)\]/.test(line));
  const corrupt = lines.filter((line) => /\[warning\].*corrupt/i.test(line));
  return {
    errors: errors.length,
    corrupt: corrupt.length,
    examples: [...new Set([...errors, ...corrupt].map(readable))].slice(0, maxExamples),
  };
}

export function joinDecoderWarnings(parts: readonly DecoderWarnings[]): DecoderWarnings {
  return {
    errors: parts.reduce((sum, { errors }) => sum + errors, 0),
    corrupt: parts.reduce((sum, { corrupt }) => sum + corrupt, 0),
    examples: [...new Set(parts.flatMap(({ examples }) => examples))].slice(0, maxExamples),
  };
}

/** Without addresses, which differ in each run, without paths, and without text from the file. */
function readable(line: string): string {
  return line
    .replaceAll(/ @ 0x[0-9a-f]+/g, '')
    .replaceAll(/\S*\/\S*/g, '…')
    .replaceAll(/[^\x20-\x7e…]/g, '?')
    .slice(0, maxExampleLength);
}
