import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawTable } from './present/draw-table.ts';
import { createTerminal } from './terminal.ts';
import { markColour, toOneLine, toTerminalText } from './terminal-text.ts';

const acting = /[^\P{Cc}\n]|[\p{Bidi_Control}\u2028\u2029]/u;
const hostile = '\u001b]0;owned\u0007\u001b[2J\u009b31mred\r\u202egnp.4pm\u2066\u0000\u007f';

it('shows escape sequences, C1 controls and changes of direction instead of sending them', () => {
  expect(toTerminalText(hostile)).toBe(
    '\\u001b]0;owned\\u0007\\u001b[2J\\u009b31mred\\u000d\\u202egnp.4pm\\u2066\\u0000\\u007f',
  );
});

it('leaves no acting character in any text, and changes no other text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(toTerminalText(text)).not.toMatch(acting);
      expect(toOneLine(text)).not.toMatch(/\n/);
      if (!acting.test(text)) expect(toTerminalText(text)).toBe(text);
    }),
  );
});

it('keeps JSON valid, and its value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(toTerminalText(JSON.stringify({ text: text + hostile })))).toEqual({
        text: text + hostile,
      });
    }),
  );
});

it('sends our own colours, and no colour that a text contains', () => {
  const green = markColour('green', 'succeeded');
  expect(toTerminalText(`${green} \u001b[32mforged`)).toBe('\u001b[32msucceeded\u001b[39m \\u001b[32mforged');
});

it('keeps a cell of a table on its line, aligned by what is shown', () => {
  const green = markColour('dim', 'ok');
  const drawn = drawTable(
    ['FILE', 'STATUS'],
    [
      ['a\nb', green],
      ['abcdefgh', green],
    ],
  );
  expect(toTerminalText(drawn).replaceAll('\u001b', 'ESC')).toBe(
    ['FILE      STATUS', 'a\\u000ab  ESC[2mokESC[22m', 'abcdefgh  ESC[2mokESC[22m'].join('\n'),
  );
});

it('holds for whatever is printed or noted', () => {
  const written: string[] = [];
  const stream = { on: () => {}, write: (text: string) => written.push(text), isTTY: true };
  const terminal = createTerminal(stream as never, stream as never);
  terminal.print(hostile);
  terminal.note(hostile);
  expect(written.join('')).not.toMatch(acting);
});
