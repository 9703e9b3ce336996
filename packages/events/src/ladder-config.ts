import { z } from 'zod';
import { encryptionSchema, unencryptableOutputs } from './profiles/encryption.ts';
import { watermarkSchema } from './profiles/watermark.ts';
import { defaultOutputs, wantedOutputsSchema } from './wanted-outputs.ts';

const evenPixels = z
  .number()
  .int()
  .min(16)
  .max(4320)
  .refine((pixels) => pixels % 2 === 0, 'must be even: 4:2:0 video cannot have odd sizes');

/** One rung: its size is the short edge, so that portrait video gets portrait renditions. */
const rungSchema = z.strictObject({
  shortEdgePixels: evenPixels.describe('Height of landscape video, width of portrait video; even.'),
  /** The scale depends on the codec. */
  constantRateFactor: z
    .number()
    .min(0)
    .max(63)
    .describe(
      'Quality that the encoder aims at; lower is better. Usual: 20 to 26 for H.264 and HEVC, 28 to 40 for AV1.',
    ),
  /** For a source of any size; the plan may only lower it. */
  maximumBitrateBitsPerSecond: z
    .number()
    .int()
    .min(20_000)
    .max(200_000_000)
    .describe('The bitrate never exceeds it; for sources of a low bitrate it is lower.'),
});

const rungsSchema = z
  .array(rungSchema)
  .min(1)
  .max(12)
  .superRefine((rungs, context) => {
    for (let index = 1; index < rungs.length; index += 1) {
      for (const field of ['shortEdgePixels', 'maximumBitrateBitsPerSecond'] as const) {
        const [upper, lower] = [rungs[index - 1]?.[field] ?? 0, rungs[index]?.[field] ?? 0];
        if (lower < upper) continue;
        const message = `must decrease from rung to rung, but ${lower} follows ${upper}`;
        context.addIssue({ code: 'custom', path: [index, field], message });
      }
    }
  })
  .describe('From the largest to the smallest: size and maximum bitrate decrease from rung to rung.');

/** Presets of x264 and x265, fastest first. */
const speedMeaning =
  'Preset of x264, x265 or SVT-AV1 (13 is the fastest). Slower presets need less bitrate, more CPU time and more money: `fyrestream plan` prints the estimate.';
const wordedSpeed = z
  .enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow', 'slower'])
  .describe(speedMeaning);

export const codecLadderSchema = z.discriminatedUnion('codec', [
  z.strictObject({ codec: z.literal('h264'), speed: wordedSpeed, rungs: rungsSchema }),
  z.strictObject({ codec: z.literal('hevc'), speed: wordedSpeed, rungs: rungsSchema }),
  /** Presets of SVT-AV1; 13 is the fastest. */
  z.strictObject({
    codec: z.literal('av1'),
    speed: z.number().int().min(0).max(13).describe(speedMeaning),
    rungs: rungsSchema,
  }),
]);

/** Units of EBU R128 and ITU-R BS.1770. */
export const loudnessTargetSchema = z.strictObject({
  targetLufs: z
    .number()
    .min(-36)
    .max(-9)
    .describe(
      'Integrated loudness: -23 is that of EBU R128, -24 that of ATSC A/85, -16 is usual on the web.',
    ),
  truePeakDbtp: z.number().min(-9).max(0).describe('The highest true peak.'),
});
export type LoudnessTarget = z.infer<typeof loudnessTargetSchema>;

/**
 * What a stack makes of every upload (`fyrestream:ladder` in its config). Strict: the error names an unknown or missing
 * field. H.264 is required because every player supports it; HEVC and AV1 are optional.
 */
export const ladderConfigSchema = z
  .strictObject({
    version: z.literal(1),
    ladders: z
      .array(codecLadderSchema)
      .min(1)
      .superRefine((ladders, context) => {
        const codecs = ladders.map((ladder) => ladder.codec);
        if (!codecs.includes('h264')) {
          context.addIssue({
            code: 'custom',
            message: 'must contain an h264 ladder, which every player supports',
          });
        }
        codecs.forEach((codec, index) => {
          if (codecs.indexOf(codec) === index) return;
          context.addIssue({
            code: 'custom',
            path: [index, 'codec'],
            message: `repeats the ${codec} ladder`,
          });
        });
      })
      .describe('One for each codec; one of them has the codec `h264`, which every player supports.'),
    audio: z.strictObject({
      bitrateBitsPerSecond: z
        .number()
        .int()
        .min(32_000)
        .max(512_000)
        .describe('Bitrate of each audio track (AAC).'),
      loudness: z
        .union([z.literal('off'), loudnessTargetSchema])
        .default('off')
        .describe(
          'Loudness of every track by EBU R128: `{ targetLufs: -16, truePeakDbtp: -1 }` for the web; -36 to -9 LUFS, -9 to 0 dBTP. `off` keeps that of the source.',
        ),
      surround: z
        .enum(['off', 'keep'])
        .default('off')
        .describe(
          '`keep` publishes tracks of 5.1 and 7.1 also as 5.1 (AAC, three times the bitrate) beside their stereo, which remains the default.',
        ),
    }),
    hdr: z
      .enum(['tone-map', 'keep'])
      .describe('`keep` keeps HDR in HEVC and AV1; H.264 is always tone-mapped to BT.709.'),
    watermark: z
      .union([z.literal('off'), watermarkSchema])
      .default('off')
      .describe(
        'An image in a corner of every rendition, of the poster and of the thumbnails; `off` for none.',
      ),
    outputs: wantedOutputsSchema.default([...defaultOutputs]),
    encryption: z
      .union([z.literal('off'), encryptionSchema])
      .default('off')
      .describe(
        'AES-128 encrypts the segments of HLS; `off` for none. A profile that does not list its `outputs` then has no DASH and no MP4, which cannot be encrypted so; `fyrestream:ladder` has to list them without these.',
      ),
  })
  .superRefine(({ encryption, outputs }, context) => {
    const clear = outputs.filter((output) => unencryptableOutputs.includes(output));
    if (encryption === 'off' || clear.length === 0) return;
    const message = `must not contain ${clear.join(' and ')} with encryption AES-128, which only HLS has: list outputs without ${clear.length > 1 ? 'them' : 'it'}, or turn encryption off`;
    context.addIssue({ code: 'custom', path: ['outputs'], message });
  });

export type LadderConfig = z.infer<typeof ladderConfigSchema>;
export type CodecLadder = z.infer<typeof codecLadderSchema>;
export type LadderRung = z.infer<typeof rungSchema>;

const rung = (shortEdgePixels: number, constantRateFactor: number, kilobits: number): LadderRung => ({
  shortEdgePixels,
  constantRateFactor,
  maximumBitrateBitsPerSecond: kilobits * 1000,
});

/** The config of a stack that sets none. */
export const defaultLadderConfig: LadderConfig = {
  version: 1,
  ladders: [
    {
      codec: 'h264',
      speed: 'veryfast',
      rungs: [
        rung(1080, 22, 5000),
        rung(720, 22, 2800),
        rung(480, 23, 1400),
        rung(360, 23, 800),
        rung(240, 24, 400),
      ],
    },
  ],
  audio: {
    bitrateBitsPerSecond: 128_000,
    loudness: { targetLufs: -16, truePeakDbtp: -1 },
    surround: 'off',
  },
  hdr: 'tone-map',
  watermark: 'off',
  outputs: [...defaultOutputs],
  encryption: 'off',
};

/** Further ladders, to be added to `ladders` of a config. */
export const hevcLadder: CodecLadder = {
  codec: 'hevc',
  speed: 'fast',
  rungs: [
    rung(1080, 25, 3200),
    rung(720, 25, 1800),
    rung(480, 26, 900),
    rung(360, 26, 500),
    rung(240, 27, 250),
  ],
};

export const av1Ladder: CodecLadder = {
  codec: 'av1',
  speed: 8,
  rungs: [
    rung(1080, 34, 2500),
    rung(720, 34, 1400),
    rung(480, 36, 700),
    rung(360, 36, 400),
    rung(240, 38, 200),
  ],
};
