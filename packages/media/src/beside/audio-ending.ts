/** Of audio that ffmpeg reads; containers of video are not among them. */
export const audioEndings = /\.(aac|ac3|aiff?|eac3|flac|m4a|mka|mp3|oga|ogg|opus|wav)$/i;

const languageWord = /\.[a-z]{2,3}([-_][a-z0-9]{2,8})*(\.(ad|commentary))?$/i;

/** Whether the name may be that of further audio of a film: it names a language before its ending. */
export function isAudioBeside(key: string): boolean {
  return audioEndings.test(key) && languageWord.test(key.replace(audioEndings, ''));
}
