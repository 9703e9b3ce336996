import { randomInt } from 'node:crypto';
import { inspect } from 'node:util';

/**
 * Text from uploads (keys, titles, messages of ffmpeg) may contain characters that a terminal executes or that reorder
 * what a person reads: they are shown as `\u001b`, never sent. In JSON the same notation is an escape, so values stay.
 */

export const colours = ['green', 'red', 'yellow', 'cyan', 'dim', 'bold'] as const;
export type Colour = (typeof colours)[number];

/** Precedes our own colours. Text from elsewhere cannot guess it, and its characters have no width in a table. */
const colourTag = Array.from({ length: 20 }, () => String.fromCharCode(randomInt(1, 8))).join('');
const marks = colours.flatMap((colour) => inspect.colors[colour] ?? []);
const firstMark = 0x0e;
const ownMark = new RegExp(`${colourTag}(\\p{Cc})`, 'gu');

/** Control characters, characters that change the direction of text, and line separators. */
const acting = new RegExp(`${ownMark.source}|[\\p{Cc}\\p{Bidi_Control}\\u2028\\u2029]`, 'gu');

/** The text in a colour that `toTerminalText` sends. */
export function markColour(colour: Colour, text: string): string {
  const [begin, end] = inspect.colors[colour] ?? [0, 0];
  return `${markOf(begin)}${text}${markOf(end)}`;
}

/** Text as it is sent to a terminal or a file: several lines, our own colours, and everything else visible. */
export function toTerminalText(text: string): string {
  return escapeActing(text, '\n').replaceAll(
    ownMark,
    (_, mark: string) => `\u001b[${marks[mark.charCodeAt(0) - firstMark]}m`,
  );
}

/** Text from elsewhere that must stay on its line: line ends are visible too. */
export function toOneLine(text: string): string {
  return escapeActing(text);
}

function escapeActing(text: string, kept?: string): string {
  return text.replaceAll(acting, (match) =>
    match.length > 1 || match === kept ? match : `\\u${match.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function markOf(code: number): string {
  return `${colourTag}${String.fromCharCode(firstMark + marks.indexOf(code))}`;
}
