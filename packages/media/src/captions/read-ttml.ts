import sax from 'sax';
import { mediaCeilings } from '../ceilings/media-ceilings.ts';
import { plainStyle, renderCueText, type StyledText, type TextStyle } from '../subtitles/cue-text.ts';
import type { Pace } from '../subtitles/pace.ts';
import { CaptionRefusal } from './caption-refusal.ts';
import { readTtmlTime, type TtmlRates, ttmlRatesOf } from './ttml-times.ts';

/** A cue of a TTML document. */
export interface TtmlCue {
  readonly startMilliseconds: number;
  /** Null if it has no end. */
  readonly durationMilliseconds: number | null;
  /** WebVTT cue text. */
  readonly text: string;
}

export interface Ttml {
  /** In the order of their start. */
  readonly cues: readonly TtmlCue[];
  /** Elements with text whose times cannot be read. */
  readonly damagedCount: number;
}

/** What an element passes on to its children. */
interface Scope {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
  /** Where the next child begins, if the children follow one another. */
  cursor: number;
  readonly isSequence: boolean;
  readonly style: TextStyle;
  readonly keepsSpace: boolean;
  /** Whether its text is shown: it is in a `p`, has times that can be read, and is not metadata. */
  readonly state: 'outside' | 'shown' | 'hidden';
}

/** Text of one paragraph that is shown at the same time. */
interface TimedPieces {
  readonly begin: number;
  readonly end: number;
  readonly pieces: StyledText[];
}

/** Documents nest spans in a paragraph in divisions. */
const maxDepth = 64;
/** The parser needs some milliseconds for it. */
const pieceLength = 32 * 1024;
const notText = new Set(['metadata', 'title', 'desc', 'copyright', 'agent', 'style', 'set', 'animate']);

/**
 * Reads TTML and its profiles (IMSC, EBU-TT-D, DFXP): paragraphs, spans and breaks with their times; bold, italic and
 * underline. Regions, colours and images are not kept. Elements are known by their local names, as profiles and old drafts
 * differ in their namespaces. Source: W3C TTML2.
 * @throws CaptionRefusal `caption-document-type`, `caption-xml-damaged`, `caption-cues-not-accepted`
 */
export async function readTtml(document: string, pace: Pace): Promise<Ttml> {
  // Without a document type there are no entities to expand.
  if (/<!DOCTYPE/i.test(document)) throw new CaptionRefusal('caption-document-type');
  const parser = sax.parser(true, { position: true });
  const reader = createTtmlReader();
  let isDamaged = false;
  parser.onerror = () => {
    isDamaged = true;
  };
  parser.onopentag = ({ name, attributes }) => reader.open(localName(name), attributesOf(attributes));
  parser.onclosetag = () => reader.close();
  parser.ontext = (text) => reader.text(text);
  parser.oncdata = (text) => reader.text(text);
  for (let at = 0; at < document.length && !isDamaged; at += pieceLength) {
    await pace(2 * pieceLength);
    parser.write(document.slice(at, at + pieceLength));
  }
  const line = parser.line + 1;
  if (!isDamaged) parser.close();
  if (isDamaged) throw new CaptionRefusal('caption-xml-damaged', `line ${line}`);
  return reader.end();
}

function createTtmlReader() {
  const scopes: Scope[] = [];
  const styles = new Map<string, Partial<TextStyle>>();
  const cues: TtmlCue[] = [];
  let rates: TtmlRates = ttmlRatesOf(() => undefined);
  let paragraph: TimedPieces[] = [];
  let damagedCount = 0;

  function open(name: string, attribute: (name: string) => string | undefined): void {
    if (scopes.length === maxDepth) throw new CaptionRefusal('caption-xml-damaged', 'too deep');
    if (name === 'tt') rates = ttmlRatesOf(attribute);
    const styling = { ...referencedStyle(attribute('style'), styles), ...ownStyle(attribute) };
    const id = attribute('id');
    if (name === 'style' && id !== undefined) styles.set(id, styling);
    const parent = scopes.at(-1);
    const times = timesOf(parent, attribute, rates);
    if (name === 'p') paragraph = [];
    if (times === null) damagedCount += 1;
    const { begin, end } = times ?? { begin: 0, end: 0 };
    scopes.push({
      name,
      begin,
      end,
      cursor: begin,
      isSequence: attribute('timeContainer') === 'seq',
      style: { ...(parent?.style ?? plainStyle), ...styling },
      keepsSpace: spaceOf(attribute('space')) ?? parent?.keepsSpace ?? false,
      state: times === null || notText.has(name) ? 'hidden' : stateOf(name, parent),
    });
    if (name === 'br') text('\n');
  }

  function close(): void {
    const scope = scopes.pop();
    const parent = scopes.at(-1);
    if (scope === undefined) return;
    if (parent?.isSequence && Number.isFinite(scope.end)) parent.cursor = scope.end;
    if (scope.name !== 'p') return;
    for (const { begin, end, pieces } of paragraph) {
      const cueText = renderCueText(scope.keepsSpace ? pieces : withoutOuterSpace(pieces));
      if (cueText === '' || end <= begin) continue;
      if (cues.length === mediaCeilings.cues || cueText.length > mediaCeilings.cueBytes)
        throw new CaptionRefusal('caption-cues-not-accepted');
      const durationMilliseconds = Number.isFinite(end) ? end - begin : null;
      cues.push({ startMilliseconds: begin, durationMilliseconds, text: cueText });
    }
    paragraph = [];
  }

  function text(raw: string): void {
    const scope = scopes.at(-1);
    if (scope?.state !== 'shown') return;
    const { begin, end, style } = scope;
    const plain = scope.keepsSpace || scope.name === 'br' ? raw : raw.replaceAll(/\s+/g, ' ');
    const last = paragraph.at(-1);
    const timed = last?.begin === begin && last.end === end ? last : { begin, end, pieces: [] };
    if (timed !== last) paragraph.push(timed);
    timed.pieces.push({ text: plain, style });
  }

  return {
    open,
    close,
    text,
    end: (): Ttml => ({
      cues: cues.toSorted((left, right) => left.startMilliseconds - right.startMilliseconds),
      damagedCount,
    }),
  };
}

/** Spaces at the ends of lines are indentation of the document. */
function withoutOuterSpace(pieces: readonly StyledText[]): StyledText[] {
  return pieces.map(({ text, style }, index) => {
    const isFirst = pieces[index - 1]?.text.endsWith('\n') ?? true;
    const isLast = pieces[index + 1]?.text.startsWith('\n') ?? true;
    const begun = isFirst ? text.replace(/^ /, '') : text;
    return { style, text: isLast ? begun.replace(/ $/, '') : begun };
  });
}

function stateOf(name: string, parent: Scope | undefined): Scope['state'] {
  if (parent?.state === 'hidden') return 'hidden';
  return name === 'p' || parent?.state === 'shown' ? 'shown' : 'outside';
}

/** Null if they cannot be read. Times count from the parent's begin, or from the end of the element before. */
function timesOf(
  parent: Scope | undefined,
  attribute: (name: string) => string | undefined,
  rates: TtmlRates,
): { begin: number; end: number } | null {
  const [begin, end, duration] = ['begin', 'end', 'dur'].map((name) => {
    const value = attribute(name);
    return value === undefined ? undefined : readTtmlTime(value, rates);
  });
  if (begin === null || end === null || duration === null) return null;
  const origin = parent?.isSequence ? parent.cursor : (parent?.begin ?? 0);
  const first = origin + (begin ?? 0);
  const ends = [
    parent?.end ?? Number.POSITIVE_INFINITY,
    end === undefined ? Number.POSITIVE_INFINITY : origin + end,
    duration === undefined ? Number.POSITIVE_INFINITY : first + duration,
  ];
  return { begin: first, end: Math.min(...ends) };
}

function ownStyle(attribute: (name: string) => string | undefined): Partial<TextStyle> {
  const [slant, weight, decoration] = ['fontStyle', 'fontWeight', 'textDecoration'].map(attribute);
  return {
    ...(slant !== undefined && { italic: slant === 'italic' || slant === 'oblique' }),
    ...(weight !== undefined && { bold: weight === 'bold' }),
    ...(decoration !== undefined && { underline: decoration.split(/\s+/).includes('underline') }),
  };
}

function referencedStyle(
  ids: string | undefined,
  styles: ReadonlyMap<string, Partial<TextStyle>>,
): Partial<TextStyle> {
  const named = (ids ?? '').split(/\s+/).map((id) => styles.get(id) ?? {});
  return Object.assign({}, ...named);
}

function spaceOf(value: string | undefined): boolean | null {
  return value === undefined ? null : value === 'preserve';
}

/** By local name. */
function attributesOf(attributes: Record<string, unknown>): (name: string) => string | undefined {
  const values = new Map(Object.entries(attributes).map(([name, value]) => [localName(name), String(value)]));
  return (name) => values.get(name);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
