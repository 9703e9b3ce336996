import { jobIdSchema } from '@fyrestream/events';
import { z } from '@hono/zod-openapi';
import { orNull } from '../or-null.ts';

const fileView = z
  .object({
    path: z.string().describe('Relative to the folder of the version.'),
    url: z.url(),
    sizeBytes: z.int().min(0),
  })
  .openapi('File');

const playlistView = z
  .object({
    url: z
      .url()
      .nullable()
      .describe(
        'Null where the stack has no delivery: then files have separate URLs, and a playlist plays none.',
      ),
    publicUrl: z
      .url()
      .nullable()
      .describe('For everybody, with the current version of the upload at any time; null without delivery.'),
  })
  .openapi('Playlist');

export const videoView = z
  .object({
    jobId: jobIdSchema.describe('The job that made this version.'),
    sourceKey: z.string(),
    isCurrent: z.boolean().describe('Whether it is what is published for the upload now.'),
    durationSeconds: z.number().min(0).nullable(),
    playlist: orNull(playlistView).describe('HLS; null where the profile wants none.'),
    manifest: orNull(playlistView).describe('DASH; null where the profile wants none.'),
    poster: orNull(fileView),
    thumbnails: orNull(fileView).describe('WebVTT whose cues name parts of images beside it.'),
    preview: orNull(fileView).describe('A short animated WebP; null where the profile wants none.'),
    chapters: orNull(fileView).describe(
      'The chapters of the source, as WebVTT; `chapters.json` is beside it.',
    ),
    audio: z
      .array(
        z.object({
          name: z.string().describe('In the menu of a player: the title of the track, or its language.'),
          language: z.string().nullable().describe('BCP 47.'),
          channels: z.int().min(1).nullable().describe('2: stereo; null where the manifest does not say it.'),
          isDefault: z.boolean(),
        }),
      )
      .describe('The audio tracks, the default first.'),
    captions: z.array(
      fileView.extend({
        language: z.string().nullable().describe('BCP 47.'),
        name: z.string(),
        isDefault: z.boolean(),
        isForced: z.boolean(),
      }),
    ),
    files: z
      .array(
        fileView.extend({
          name: z.string().describe('`h264-720`'),
          kind: z.enum(['video', 'audio']),
          codec: z.string().describe('`h264`, `hevc`, `av1` or `aac`.'),
          width: z.int().min(1).nullable(),
          height: z.int().min(1).nullable(),
          language: z.string().nullable(),
        }),
      )
      .describe('An MP4 file per rendition, and per audio track; none where the profile wants none.'),
    certificate: fileView,
  })
  .openapi('Video');
export type VideoView = z.infer<typeof videoView>;
