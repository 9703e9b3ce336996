import { plainStyle, type StyledText, type TextStyle } from './cue-text.ts';

export interface AssText {
  readonly pieces: readonly StyledText[];
  /** Whether it draws shapes: their coordinates are no text. */
  readonly hasDrawing: boolean;
}

export interface AssTextOptions {
  /** Styles of the script, by name. */
  readonly styles: ReadonlyMap<string, TextStyle>;
  /**
   * Whether an author wrote the text as ASS. Text that ffmpeg turned into ASS keeps braces and backslashes of its own,
   * so that only braces with a command in them are markup then.
   */
  readonly isAuthored: boolean;
}

/** Fields in front of the text: ReadOrder, Layer, Style, Name, three margins, Effect. */
const fieldCount = 8;
const styleField = 2;

/**
 * Reads an ASS event as it lies in a packet: commands in braces act on the style or are dropped, `\N` breaks the line,
 * `\h` is a space, drawings are left out.
 * Source: http://www.tcax.org/docs/ass-specs.htm, appendix A.
 */
export function readAssText(event: string, { styles, isAuthored }: AssTextOptions): AssText {
  const fields = event.split(',');
  const text = fields.slice(fieldCount).join(',');
  const baseStyle = styleNamed(fields[styleField] ?? '', styles);
  let style = baseStyle;
  let drawing = false;
  let hasDrawing = false;
  const pieces: StyledText[] = [];
  const tokens = text.match(isAuthored ? authoredTokens : convertedTokens) ?? [];
  for (const token of tokens) {
    if (isCommandBlock(token)) {
      for (const command of token
        .slice(1, -1)
        .split('\\')
        .map((part) => part.trim())) {
        style = applyCommand(style, command, { baseStyle, styles });
        const scale = /^p(\d+)$/.exec(command)?.[1];
        if (scale !== undefined) drawing = Number(scale) > 0;
      }
    } else if (drawing) {
      hasDrawing ||= token.trim() !== '';
    } else {
      pieces.push({ text: readToken(token, isAuthored), style });
    }
  }
  return { pieces, hasDrawing };
}

const authoredTokens = /\\[{}]|\{[^}]*\}|\\.|[^{\\]+|[{\\]/gs;
const convertedTokens = /\\[{}]|\{(?:\\[^}]*)?\}|\\.|[^{\\]+|[{\\]/gs;

function isCommandBlock(token: string): boolean {
  return token.length > 1 && token.startsWith('{') && token.endsWith('}');
}

function readToken(token: string, isAuthored: boolean): string {
  if (token === '\\N' || (token === '\\n' && isAuthored)) return '\n';
  if (token === '\\h') return ' ';
  if (token === '\\{' || token === '\\}') return token.slice(1);
  // ffmpeg marks a backslash that is text with a word joiner.
  return token === '\\\u2060' ? '\\' : token;
}

function applyCommand(
  style: TextStyle,
  command: string,
  { baseStyle, styles }: { baseStyle: TextStyle; styles: ReadonlyMap<string, TextStyle> },
): TextStyle {
  const reset = /^r(?!nd)(.*)$/.exec(command)?.[1];
  if (reset !== undefined) return reset === '' ? baseStyle : styleNamed(reset, styles);
  const [, name, value] = /^([biu])(\d*)$/.exec(command) ?? [];
  if (name === undefined || value === undefined) return style;
  const isOn = (base: boolean) => (value === '' ? base : Number(value) > 0);
  // Bold takes a weight as well.
  if (name === 'b') return { ...style, bold: value === '' ? baseStyle.bold : isBold(Number(value)) };
  return name === 'i'
    ? { ...style, italic: isOn(baseStyle.italic) }
    : { ...style, underline: isOn(baseStyle.underline) };
}

function isBold(weight: number): boolean {
  return weight === 1 || weight >= 600;
}

function styleNamed(name: string, styles: ReadonlyMap<string, TextStyle>): TextStyle {
  return styles.get(name.replace(/^\*/, '')) ?? plainStyle;
}
