import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findNode, runsFyrestream } from './find-node.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fyrestream-find-node-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['20.20.2', false],
  ['22.17.9', false],
  ['22.18.0', true],
  ['23.0.0', true],
  ['24.21.0', true],
])('Node %s runs Fyrestream: %s', (version, runs) => {
  expect(runsFyrestream(version)).toBe(runs);
});

it('prefers the locked Node of the dependencies', () => {
  writeFileSync(join(folder, 'node'), '');
  expect(findNode('20.0.0', folder)).toBe(join(folder, 'node'));
});

it('uses the running Node where it is new enough', () => {
  expect(findNode('24.0.0', folder)).toBe(process.execPath);
});

it('says in one sentence what to install where no Node is new enough', () => {
  expect(() => findNode('20.20.2', folder)).toThrow(
    /^Fyrestream needs Node 22\.18 or newer .* install Node 24/,
  );
});
