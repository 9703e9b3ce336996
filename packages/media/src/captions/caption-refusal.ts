import { FyrestreamError } from '@fyrestream/events';

/** Why a caption file is not published. The video is published all the same, and `leftOut` names the file. */
const refusalSentences = {
  'caption-name-unclear':
    'what its name says between the name of the video and its ending is neither a language (`en`, `de-AT`) nor `forced` or `sdh`',
  'caption-file-too-large': 'it is larger than Fyrestream accepts',
  'caption-files-too-large': 'it and the other caption files are together larger than Fyrestream accepts',
  'caption-cues-not-accepted': 'it has more cues, or a cue with more text, than Fyrestream accepts',
  'caption-file-gone': 'it was replaced or removed while the video was processed',
  'caption-document-type': 'it has a document type (DOCTYPE), which captions need for nothing',
  'caption-xml-damaged': 'it is not well-formed XML',
  'caption-without-cues': 'it has no cue whose times can be read: it is not SubRip, WebVTT or TTML',
  'caption-without-text': 'none of its cues has text',
  'caption-too-late': 'all of its cues begin after the end of the video',
} as const;

export type CaptionRefusalCode = keyof typeof refusalSentences;

/** The message is a clause that follows the name of the file; `detail` adds the observed facts. */
export class CaptionRefusal extends FyrestreamError {
  declare readonly code: CaptionRefusalCode;

  constructor(code: CaptionRefusalCode, detail?: string) {
    const sentence = refusalSentences[code];
    super({ code, message: detail === undefined ? sentence : `${sentence} (${detail})`, retryable: false });
    this.name = 'CaptionRefusal';
  }
}
