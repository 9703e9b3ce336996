import fc from 'fast-check';
import { expect, it } from 'vitest';
import { profileByRule } from './profile-rules.ts';

const rule = (pattern: string) => [{ pattern, profile: 'mobile' }];

it.each([
  ['clips/*', 'clips/a.mov', true],
  ['clips/*', 'clips/2026/a.mov', true],
  ['clips/*', 'other/clips/a.mov', false],
  ['*.mxf', 'news/a.mxf', true],
  ['*.mxf', 'news/a.mxf.mov', false],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'acb', false],
  ['ab*ba', 'aba', false],
  ['*', 'a', true],
  ['a.mov', 'a.mov', true],
  ['a.mov', 'axmov', false],
  ['a+(b)*', 'a+(b).mov', true],
])('the pattern %s and the path %s', (pattern, path, expected) => {
  expect(profileByRule(`videos/${path}`, rule(pattern))).toBe(expected ? 'mobile' : null);
});

it('matches what a regular expression matches', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(text, pattern, (path, typed) => {
      const expected = new RegExp(`^${typed.replaceAll('*', '.*')}$`).test(path);
      expect(profileByRule(`videos/${path}`, rule(typed)) !== null).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});

it('gives the profile of the first rule that matches', () => {
  const rules = [
    { pattern: 'clips/archive/*', profile: 'archive-hevc' },
    { pattern: 'clips/*', profile: 'mobile' },
  ];
  expect(profileByRule('videos/clips/archive/a.mov', rules)).toBe('archive-hevc');
  expect(profileByRule('videos/clips/a.mov', rules)).toBe('mobile');
});
