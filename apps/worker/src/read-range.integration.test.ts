import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readRange } from './read-range.ts';

const thisFile = fileURLToPath(import.meta.url);

it('gives the bytes that exist, and none at the position that a hostile 64-bit size states', async () => {
  expect(Buffer.from(await readRange(thisFile, 0, 6)).toString()).toBe('import');
  expect(await readRange(thisFile, 8_175_194_545_395_335_000, 8)).toHaveLength(0);
});
