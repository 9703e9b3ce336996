import { plainStyle, type StyledText, type TextStyle } from './cue-text.ts';

export interface AssText {
  readonly pieces: readonly StyledText[];
  /** Whether the cue draws shapes, whose coordinates are not text. */
  readonly hasDrawing: boolean;
}

export interface ReadAssTextOptions {
  /** Styles of the script, by name. */
  readonly styles: ReadonlyMap<string, TextStyle>;
  /**
   * Whether the source is ASS. Text that ffmpeg converted to ASS keeps its own braces and backslashes, so that only
   * braces with a command in them are markup.
   */
  readonly isAuthored: boolean;
}

/** Fields before the text: ReadOrder, Layer, Style, Name, three margins, Effect. */
const fieldCount = 8;
const styleField = 2;

/**
 * Parses the ASS event of a packet: commands in braces change the style or are dropped, `\N` breaks the line, `\h` is a
 * space, drawings are dropped. Source: http://www.tcax.org/docs/ass-specs.htm, appendix A.
 */
export function readAssText(event: string, { styles, isAuthored }: ReadAssTextOptions): AssText {
  const fields = event.split(',');
  const text = fields.slice(fieldCount).join(',');
  const baseStyle = styleNamed(fields[styleField] ?? '', styles);
  let style = baseStyle;
  let drawing = false;
  let hasDrawing = false;
  const pieces: { text: string; style: TextStyle }[] = [];
  for (const token of tokensOf(text, isAuthored)) {
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
      const piece = pieces.at(-1);
      const plain = readToken(token, isAuthored);
      if (piece?.style === style) piece.text += plain;
      else pieces.push({ text: plain, style });
    }
  }
  return { pieces, hasDrawing };
}

function tokensOf(text: string, isAuthored: boolean): string[] {
  // Behind the last brace nothing ends: each opening brace there would be searched to the end of the cue.
  const blocksEnd = text.lastIndexOf('}') + 1;
  const tokens = text.slice(0, blocksEnd).match(isAuthored ? authoredTokens : convertedTokens) ?? [];
  return [...tokens, ...(text.slice(blocksEnd).match(openTokens) ?? [])];
}

const openTokens = /\\.|[^\\]+|\\/gs;
const authoredTokens = /\\[{}]|\{[^}]*\}|\\.|[^{\\]+|[{\\]/gs;
const convertedTokens = /\\[{}]|\{(?:\\[^}]*)?\}|\\.|[^{\\]+|[{\\]/gs;

function isCommandBlock(token: string): boolean {
  return token.length > 1 && token.startsWith('{') && token.endsWith('}');
}

function readToken(token: string, isAuthored: boolean): string {
  if (token === '\\N' || (token === '\\n' && isAuthored)) return '\n';
  if (token === '\\h') return ' ';
  if (token === '\\{' || token === '\\}') return token.slice(1);
  // ffmpeg marks a literal backslash with a word joiner.
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
  // The value of bold may also be a weight.
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
