import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { UsageError } from '../usage-error.ts';

/**
 * Reads a YAML or JSON file; JSON is a part of YAML.
 * @throws UsageError with that code
 */
export async function readDocument(typed: string, code: string): Promise<unknown> {
  const text = await readFile(typed, 'utf8').catch(() => {
    throw new UsageError(code, `${typed} cannot be read.`);
  });
  try {
    return parse(text);
  } catch (error) {
    const position = error instanceof YAMLParseError ? error.linePos?.[0] : undefined;
    const place = position === undefined ? '' : `, see line ${position.line}, column ${position.col}`;
    throw new UsageError(code, `${typed} is neither YAML nor JSON${place}.`);
  }
}
