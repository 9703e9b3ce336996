import { z } from 'zod';

/** ffprobe prints numbers as strings, as numbers, or as `N/A`. */
export const lenientNumber = z.preprocess(
  (value) => (value === 'N/A' || value === '' ? undefined : value),
  z.coerce.number().finite().optional().catch(undefined),
);
export const lenientText = z.string().optional().catch(undefined);
/** Tags are free text with names in upper or lower case. */
const tags = z
  .record(z.string(), z.coerce.string())
  .catch({})
  .transform((found) => new Map(Object.entries(found).map(([name, value]) => [name.toLowerCase(), value])));

const sideData = z.looseObject({
  side_data_type: z.string().catch(''),
  displaymatrix: lenientText,
  rotation: lenientNumber,
  dv_profile: lenientNumber,
  projection: lenientText,
  type: lenientText,
  dv_bl_signal_compatibility_id: lenientNumber,
});

const ffprobeStreamSchema = z.object({
  index: z.int().nonnegative(),
  /** Of a transport stream its packet identifier, `0x101`. */
  id: lenientText,
  codec_type: z.string().catch('unknown'),
  codec_name: lenientText,
  codec_tag_string: lenientText,
  width: lenientNumber,
  height: lenientNumber,
  sample_aspect_ratio: lenientText,
  r_frame_rate: lenientText,
  avg_frame_rate: lenientText,
  nb_frames: lenientNumber,
  field_order: lenientText,
  pix_fmt: lenientText,
  bits_per_raw_sample: lenientNumber,
  color_range: lenientText,
  color_primaries: lenientText,
  color_transfer: lenientText,
  color_space: lenientText,
  closed_captions: lenientNumber,
  channels: lenientNumber,
  channel_layout: lenientText,
  sample_rate: lenientNumber,
  start_time: lenientNumber,
  duration: lenientNumber,
  bit_rate: lenientNumber,
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
  size: lenientNumber,
  duration: lenientNumber,
  start_time: lenientNumber,
  bit_rate: lenientNumber,
});
export type FfprobeFormat = z.infer<typeof formatSchema>;

const chapterSchema = z.object({
  start_time: lenientNumber,
  end_time: lenientNumber,
  tags: tags.prefault({}),
});
export type FfprobeChapter = z.infer<typeof chapterSchema>;

/** The fields of `ffprobe -show_format -show_streams -of json` that are used; others are ignored. */
export const ffprobeOutputSchema = z.object({
  streams: z.array(ffprobeStreamSchema).prefault([]),
  frames: z.array(frameSchema).catch([]).prefault([]),
  programs: z.array(programSchema).catch([]).prefault([]),
  chapters: z.array(chapterSchema).catch([]).prefault([]),
  format: formatSchema,
});
