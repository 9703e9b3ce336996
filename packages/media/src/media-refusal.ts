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
  'too-many-channels': 'An audio stream of the file has more channels than Fyrestream accepts.',
  'sample-rate-not-accepted': 'The file has a sample rate that no audio has.',
  'audio-not-finite':
    'The audio has samples that are no numbers, or that are infinite; no encoder accepts them.',
  'too-long': 'The file plays longer than Fyrestream accepts.',
  'too-many-frames': 'The video has more frames than Fyrestream accepts.',
  'frame-rate-too-high': 'The video has more frames per second than Fyrestream accepts.',
  'frame-gap-too-long': 'The time between two frames of the file is longer than Fyrestream accepts.',
  'edit-list-too-long':
    'The edit list of the file has more entries, or repeats more, than Fyrestream accepts.',
  'sample-table-too-large': 'The index of the file lists more samples than the file can contain.',
  'movie-header-too-large': 'The index of the file is larger than Fyrestream accepts.',
  'metadata-too-large': 'The file has more metadata than Fyrestream accepts.',
  'too-many-cues': 'A subtitle track of the file has more cues than Fyrestream accepts.',
  'cue-too-large': 'A subtitle of the file has more text than Fyrestream accepts.',
  'media-too-costly': 'Reading the file takes more CPU time than a file of its size may take.',
  'media-needs-too-much-memory': 'Reading the file takes more memory than Fyrestream allows.',
  'estimate-exceeded': 'The file takes far more work than its header says.',
  'runaway-output': 'The file makes an output that is far longer than its packets say.',
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
