import { FyrestreamError } from '@fyrestream/events';

/** Why an upload cannot be encoded; all of these are final. */
export const refusalSentences = {
  'empty-file': 'The file is empty.',
  'not-media': 'The file is not audio or video.',
  'playlist-not-media': 'The file is a playlist that points to other files; upload the media itself.',
  'image-not-video': 'The file is a still image, not a video.',
  'unreadable-media': 'The file looks like media, but its container cannot be read.',
  'no-media-stream': 'The file has neither a video nor an audio stream.',
  'no-decodable-stream': 'Nothing in the file can be decoded.',
  'unsupported-codec': 'The file contains only codecs that this version cannot decode.',
  encrypted: 'The file is encrypted (DRM) and cannot be read without its key.',
  'dolby-vision-without-base-layer':
    'The video is Dolby Vision without a base layer, which other decoders need.',
  'source-truncated': 'Too little of the file can be decoded: it is truncated or damaged.',
  'too-many-streams': 'The file has more streams than Fyrestream accepts.',
  'video-too-large': 'The video frame is larger than Fyrestream accepts.',
  'media-too-costly': 'Reading the file takes more CPU time than a file of its size may take.',
  'media-needs-too-much-memory': 'Reading the file takes more memory than Fyrestream allows.',
  'media-writes-too-much': 'The file makes ffmpeg write more than Fyrestream allows.',
} as const;

export type RefusalCode = keyof typeof refusalSentences;

/** A final refusal of a source; `detail` adds one sentence with the observed facts. */
export class MediaRefusal extends FyrestreamError {
  declare readonly code: RefusalCode;

  constructor(code: RefusalCode, detail?: string, cause?: unknown) {
    const message = detail === undefined ? refusalSentences[code] : `${refusalSentences[code]} ${detail}`;
    super({ code, message, retryable: false, ...(cause === undefined ? {} : { cause }) });
    this.name = 'MediaRefusal';
  }
}
