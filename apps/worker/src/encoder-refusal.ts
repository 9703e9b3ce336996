import { MediaRefusal } from '@fyrestream/media';

/** Written by the encoder of AAC, also for values so large that their energy is infinite. Source: libavcodec/aacenc.c */
const notFiniteMessage = 'Input contains (near) NaN/+-Inf';

/** The final refusal of a source whose decoded samples no encoder accepts; null if ffmpeg failed for another reason. */
export function encoderRefusal(stderr: string): MediaRefusal | null {
  return stderr.includes(notFiniteMessage) ? new MediaRefusal('audio-not-finite') : null;
}
