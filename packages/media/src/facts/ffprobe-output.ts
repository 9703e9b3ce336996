import { z } from 'zod';

/** ffprobe prints numbers as strings, as numbers, or as `N/A`. */
export const looseNumber = z.preprocess(
  (value) => (value === 'N/A' || value === '' ? undefined : value),
  z.coerce.number().finite().optional().catch(undefined),
);
export const looseText = z.string().optional().catch(undefined);
/** Tags are free text with names in upper or lower case. */
const tags = z
  .record(z.string(), z.coerce.string())
  .catch({})
  .transform((found) => new Map(Object.entries(found).map(([name, value]) => [name.toLowerCase(), value])));

const sideData = z.looseObject({
  side_data_type: z.string().catch(''),
  displaymatrix: looseText,
  rotation: looseNumber,
  dv_profile: looseNumber,
  projection: looseText,
  type: looseText,
  dv_bl_signal_compatibility_id: looseNumber,
});

const ffprobeStreamSchema = z.object({
  index: z.int().nonnegative(),
  codec_type: z.string().catch('unknown'),
  codec_name: looseText,
  codec_tag_string: looseText,
  width: looseNumber,
  height: looseNumber,
  sample_aspect_ratio: looseText,
  r_frame_rate: looseText,
  avg_frame_rate: looseText,
  nb_frames: looseNumber,
  field_order: looseText,
  pix_fmt: looseText,
  bits_per_raw_sample: looseNumber,
  color_range: looseText,
  color_primaries: looseText,
  color_transfer: looseText,
  color_space: looseText,
  closed_captions: looseNumber,
  channels: looseNumber,
  channel_layout: looseText,
  sample_rate: looseNumber,
  start_time: looseNumber,
  duration: looseNumber,
  bit_rate: looseNumber,
  disposition: z.record(z.string(), z.number()).catch({}),
  tags: tags.prefault({}),
  side_data_list: z.array(sideData).catch([]).prefault([]),
});
export type FfprobeStream = z.infer<typeof ffprobeStreamSchema>;

/** Side data of a frame: captions, mastering metadata. Numbers are fractions. */
const frameSchema = z.object({
  stream_index: z.int().nonnegative().catch(-1),
  side_data_list: z
    .array(z.record(z.string(), z.union([z.string(), z.number()]).catch('')).catch({}))
    .catch([])
    .prefault([]),
});
export type FfprobeFrame = z.infer<typeof frameSchema>;

/** A program of a transport stream (an MPEG-2 service): streams that belong together. */
const programSchema = z.object({
  program_id: z.int().catch(0),
  tags: tags.prefault({}),
  streams: z
    .array(z.object({ index: z.int().nonnegative() }))
    .catch([])
    .prefault([]),
});

const formatSchema = z.object({
  format_name: z.string(),
  size: looseNumber,
  duration: looseNumber,
  start_time: looseNumber,
  bit_rate: looseNumber,
});
export type FfprobeFormat = z.infer<typeof formatSchema>;

/** The fields of `ffprobe -show_format -show_streams -of json` that are used; others are ignored. */
export const ffprobeOutputSchema = z.object({
  streams: z.array(ffprobeStreamSchema).prefault([]),
  frames: z.array(frameSchema).catch([]).prefault([]),
  programs: z.array(programSchema).catch([]).prefault([]),
  chapters: z.array(z.unknown()).catch([]).prefault([]),
  format: formatSchema,
});
