import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDirectory, removeTestDirectory } from '../../test/test-service-gateway.ts';
import { writeJsonAtomically } from '../data-directory/write-json-atomically.ts';
import { loadAccessKeys } from './access-keys.ts';

let directory: string;
beforeAll(() => {
  directory = createTestDirectory();
});
afterAll(() => {
  removeTestDirectory(directory);
});

it('creates a key for every principal once, in a file that only its owner can read', () => {
  const path = join(directory, 'credentials.json');
  const keys = loadAccessKeys(path);
  expect(new Set(Object.values(keys).map((key) => key.accessKeyId)).size).toBe(Object.keys(keys).length);
  expect(keys.operator.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(loadAccessKeys(path)).toEqual(keys);
});

it('keeps existing keys and adds missing ones', () => {
  const path = join(directory, 'older.json');
  const operator = { accessKeyId: 'AKIAKEPT', secretAccessKey: 'kept' };
  writeJsonAtomically(path, { operator });
  const keys = loadAccessKeys(path);
  expect(keys.operator).toEqual(operator);
  expect(keys.worker.secretAccessKey).toHaveLength(40);
});

it('reports the path of a file that is not JSON', () => {
  expect(() => loadAccessKeys(directory)).toThrow(expect.objectContaining({ code: 'state-unreadable' }));
});
