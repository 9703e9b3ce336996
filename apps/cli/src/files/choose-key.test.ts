import { expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { chooseKey } from './choose-key.ts';

it.each([
  ['holiday.mov', undefined, 'videos/holiday.mov'],
  ['ho l+i é🎉%20.mp4', undefined, 'videos/ho l+i é🎉%20.mp4'],
  ['holiday.mov', 'trips/2026', 'videos/trips/2026/holiday.mov'],
  ['holiday.mov', '/trips/', 'videos/trips/holiday.mov'],
  ['holiday.srt', 'trips', 'videos/trips/holiday.srt'],
])('stores %s with prefix %s as %s', (name, prefix, key) => {
  expect(chooseKey(name, prefix)).toBe(key);
});

it.each([
  ['holiday.mov', '../outputs', 'bad-prefix'],
  ['holiday.mov', 'a//b', 'bad-prefix'],
  ['holiday.mov', '', 'bad-prefix'],
  ['.holiday.mov', undefined, 'not-an-upload'],
  ['Thumbs.db', undefined, 'not-an-upload'],
  ['é'.repeat(120), 'é'.repeat(400), 'name-too-long'],
  ['n'.repeat(1_005), undefined, 'key-too-long'],
  ['a\n\u001b[2J.mp4', undefined, 'key-not-supported'],
])('refuses %s with prefix %s: %s', (name, prefix, code) => {
  expect(() => chooseKey(name, prefix)).toThrow(expect.objectContaining({ code, name: 'UsageError' }));
  expect(() => chooseKey(name, prefix)).toThrow(UsageError);
});
