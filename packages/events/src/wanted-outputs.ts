import { z } from 'zod';

/** The kinds of files that a profile may want. */
export const outputKinds = ['hls', 'dash', 'mp4', 'poster', 'thumbnails', 'preview'] as const;
export type OutputKind = (typeof outputKinds)[number];

/** What is published where a stack does not say it. */
export const defaultOutputs: readonly OutputKind[] = ['hls', 'dash', 'mp4', 'poster', 'thumbnails'];

/** Each of them plays the video alone. */
const playable: readonly OutputKind[] = ['hls', 'dash', 'mp4'];

export const wantedOutputsSchema = z
  .array(z.enum(outputKinds))
  .superRefine((outputs, context) => {
    outputs.forEach((output, index) => {
      if (outputs.indexOf(output) === index) return;
      context.addIssue({ code: 'custom', path: [index], message: `repeats ${output}` });
    });
    if (!playable.some((output) => outputs.includes(output))) {
      context.addIssue({
        code: 'custom',
        message: 'must contain hls, dash or mp4, or nothing could be played',
      });
    }
  })
  .describe(
    'What is published, of `hls`, `dash`, `mp4` (one file per rendition), `poster`, `thumbnails` (for the seek bar) and `preview` (an animated image); at least one of the first three. All but `preview` by default.',
  );
