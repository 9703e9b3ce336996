import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newestSource } from './build-bundles.mjs';

/** @type {string} */
let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fyrestream-newest-source-'));
  for (const folder of ['app/src/deep', 'app/dist', 'app/node_modules'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const path of [
    'app/src/a.ts',
    'app/src/deep/b.ts',
    'app/src/a.test.ts',
    'app/dist/main.mjs',
    'app/node_modules/c.js',
  ]) {
    writeFileSync(join(root, path), '');
  }
  for (const path of ['app/src/a.ts', 'app/src/deep/b.ts', 'app/src/deep', 'app/src']) touch(path, 1000);
});
afterEach(() => rmSync(root, { recursive: true }));

/** @param {string} path @param {number} seconds */
const touch = (path, seconds) => utimesSync(join(root, path), seconds, seconds);

it('ignores build output, installed packages and tests', () => {
  expect(newestSource([join(root, 'app')])).toBe(1_000_000);
});

it.each(['app/src/deep/b.ts', 'app/src/deep'])('finds a change of %s', (path) => {
  touch(path, 2000);
  expect(newestSource([join(root, 'app')])).toBe(2_000_000);
});

it('accepts files, and returns 0 for a path that does not exist', () => {
  expect(newestSource([join(root, 'app/src/a.ts'), join(root, 'gone')])).toBe(1_000_000);
  expect(newestSource([join(root, 'gone')])).toBe(0);
});
