import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableFileNames, stableKey, uploadKey, versionUri } from './object-key.ts';
import { unpublishableKeyReason } from './unpublishable-key-reason.ts';

const base = 'https://media.example/some/base/';

/** The URL of a key as every client makes it: each part is percent-encoded once. */
const urlOf = (key: string) => new URL(key.split('/').map(encodeURIComponent).join('/'), base);
/** What a bucket receives for a URL. */
const keyOf = ({ href }: URL) => decodeURIComponent(href.slice(base.length));

const part = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    '.',
    '..',
    '',
    '...',
    '%2e%2e',
    '%2F',
    'a%20b',
    'a+b',
    'a?b#c',
    'C:\\x',
    '\\..\\',
    ' ',
    '-rf',
  ),
  fc.constantFrom(
    'http:',
    '@',
    ';a=b',
    '~',
    "'()*!",
    '__proto__',
    '\ufffe\uffff',
    'e\u0301',
    '\u00e9',
    '\u202e',
  ),
);
const key = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => uploadKey(parts.join('/')));

it('a key is refused, or the URL of each of its stable files leads a URL parser to that file and its version', () => {
  fc.assert(
    fc.property(key, (uploaded) => {
      if (unpublishableKeyReason(uploaded) !== null) return;
      for (const name of stableFileNames) {
        const stable = stableKey(uploaded, name);
        const url = urlOf(stable);
        expect(keyOf(url)).toBe(stable);
        expect(new URL(url.href).href).toBe(url.href);
        expect(url.search + url.hash).toBe('');
        expect(keyOf(new URL(`${versionUri(uploaded, 'job', 7)}a/b.m4s`, url))).toBe(
          'versions/job/7/a/b.m4s',
        );
      }
    }),
    { numRuns: 1_000 },
  );
});

describe('a key is refused with a reason', () => {
  it.each([
    ['a dot part', 'a/./b.mp4'],
    ['two dots', 'a/../b.mp4'],
    ['two dots at the end', 'a/..'],
    ['an empty part', 'a//b.mp4'],
    ['an empty first part', '/b.mp4'],
    ['an empty last part', 'a.mp4/'],
    ['NUL', 'a\0.mp4'],
    ['a line end', 'a\nb.mp4'],
    ['an escape', '\u001b[2Ja.mp4'],
    ['DEL', 'a\u007f.mp4'],
    ['a C1 control', '\u009b31ma.mp4'],
  ])('if it has %s', (_, path) => {
    expect(unpublishableKeyReason(uploadKey(path))).toMatchObject({
      code: 'key-not-supported',
      retryable: false,
    });
  });

  it('if its outputs would have keys longer than 1,024 bytes of UTF-8', () => {
    expect(unpublishableKeyReason(uploadKey('n'.repeat(1_003)))).toBeNull();
    expect(unpublishableKeyReason(uploadKey('n'.repeat(1_004)))).toMatchObject({ code: 'key-too-long' });
    expect(unpublishableKeyReason(uploadKey('é'.repeat(502)))).toMatchObject({ code: 'key-too-long' });
  });
});

it.each([
  '...',
  '..a',
  'a..',
  'a.',
  '-rf.mp4',
  ' .mp4',
  'C:\\film.mp4',
  '%2e%2e',
  'a?b#c%',
  '\ufeff.mp4',
  '\u202egpm',
])('the unusual name %j is accepted', (path) => {
  expect(unpublishableKeyReason(uploadKey(`a/${path}/b.mp4`))).toBeNull();
});

it('refuses a key that is no text, which requests cannot carry', () => {
  expect(unpublishableKeyReason(uploadKey('a\ud800.mov'))?.code).toBe('key-not-supported');
});
