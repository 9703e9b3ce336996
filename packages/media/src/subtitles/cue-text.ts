/** The style of a piece of text. */
export interface TextStyle {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

export interface StyledText {
  readonly text: string;
  readonly style: TextStyle;
}

export const plainStyle: TextStyle = { bold: false, italic: false, underline: false };

const tags = [
  ['bold', 'b'],
  ['italic', 'i'],
  ['underline', 'u'],
] as const;

/**
 * Renders styled text as WebVTT cue text: escaped, tags nested, lines trimmed, empty lines removed because they would
 * end the cue.
 * Source: W3C WebVTT, 4.2.
 */
export function renderCueText(pieces: readonly StyledText[]): string {
  const open: string[] = [];
  let markup = '';
  for (const { text, style } of pieces) {
    if (text === '') continue;
    const wanted: string[] = tags.filter(([name]) => style[name]).map(([, tag]) => tag);
    while (open.some((tag) => !wanted.includes(tag))) markup += `</${open.pop()}>`;
    for (const tag of wanted.filter((candidate) => !open.includes(candidate))) {
      open.push(tag);
      markup += `<${tag}>`;
    }
    markup += escapeCueText(text);
  }
  return withoutEmptyLines(
    markup +
      open
        .toReversed()
        .map((tag) => `</${tag}>`)
        .join(''),
  );
}

/** Replaces the line breaks of all systems by `\n`, and removes other control characters. */
export function withoutEmptyLines(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replaceAll(/\p{Cc}+/gu, ' ').trim());
  return lines.filter((line) => line !== '').join('\n');
}

/** Whether cue text contains more than tags. */
export function isBlankCueText(text: string): boolean {
  return text.replaceAll(/<[^<>]*>/g, '').trim() === '';
}

export function escapeCueText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
