import { withoutEmptyLines } from './cue-text.ts';

const markup =
  /<\/?(?:c|i|b|u|v|lang|ruby|rt)(?:[.\s][^<>]*)?>|<(?:\d+:)?\d+:\d+\.\d+>|&(?:[a-zA-Z]+|#\d+|#x[\da-fA-F]+);/g;

/** The text of a WebVTT cue with invalid markup escaped: in players, `<3` would hide the rest of a line. */
export function readWebVttText(cue: string): string {
  let end = 0;
  let text = '';
  for (const match of cue.matchAll(markup)) {
    // A line with an arrow would end the cue: `<v a-->`.
    const kept = match[0].includes('-->') ? escapeText(match[0]) : match[0];
    text += escapeText(cue.slice(end, match.index)) + kept;
    end = match.index + match[0].length;
  }
  return withoutEmptyLines(text + escapeText(cue.slice(end)));
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
