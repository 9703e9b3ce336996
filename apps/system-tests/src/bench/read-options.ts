import { parseArgs } from 'node:util';
import { FyrestreamError } from '@fyrestream/events';

export interface BenchOptions {
  readonly rows: readonly string[];
  /** How often each variant of a row runs. */
  readonly repeat: number;
  /** The length of the material. Null: 60 s, or all of `file`. */
  readonly seconds: number | null;
  /** The material; null if it is made. */
  readonly file: string | null;
  /** The number of uploads in row g. */
  readonly uploads: number;
  /** The sizes of the sources of row e. */
  readonly sizesMegabytes: readonly number[];
  /** How many jobs wait in line in row i. */
  readonly waiting: readonly number[];
  /** The number of uploads in row j. */
  readonly drop: number;
  /** The document whose tables are updated. */
  readonly write: string | null;
  readonly help: boolean;
}

/**
 * Reads the command line.
 * @param rowIds the rows that exist, in their order
 * @throws FyrestreamError `wrong-usage`
 */
export function readOptions(argv: readonly string[], rowIds: readonly string[]): BenchOptions {
  const values = parse(argv);
  const wanted = values.rows?.split(',').map((id) => id.trim()) ?? rowIds;
  const unknown = wanted.filter((id) => !rowIds.includes(id));
  if (unknown.length > 0) throw wrongUsage(`There is no row ${unknown.join(', ')}: the rows are ${rowIds}.`);
  return {
    rows: rowIds.filter((id) => wanted.includes(id)),
    repeat: wholeNumber('--repeat', values.repeat ?? '3'),
    seconds: values.seconds === undefined ? null : wholeNumber('--seconds', values.seconds),
    file: values.file ?? null,
    uploads: wholeNumber('--uploads', values.uploads ?? '1000'),
    sizesMegabytes: wholeNumbers('--sizes', values.sizes ?? '64,512,2048'),
    waiting: wholeNumbers('--waiting', values.waiting ?? '100,1000,10000'),
    drop: wholeNumber('--drop', values.drop ?? '10000'),
    write: values.write ?? null,
    help: values.help ?? false,
  };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        ...{ rows: text, repeat: text, seconds: text, file: text, uploads: text, sizes: text, write: text },
        ...{ waiting: text, drop: text },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumbers(name: string, text: string): number[] {
  return text.split(',').map((number) => wholeNumber(name, number));
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw wrongUsage(`${name} takes whole numbers from 1, not "${text}".`);
}

function wrongUsage(message: string): FyrestreamError {
  return new FyrestreamError({ code: 'wrong-usage', message, retryable: false });
}
