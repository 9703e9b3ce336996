import { expect, it } from 'vitest';
import { parseFilterPattern } from './parse-filter-pattern.ts';

const line = '{"level":"error","msg":"message-failed","path":"C:\\\\"}';

it.each([
  ['', true],
  ['  ', true],
  ['""', true],
  ['"message-failed"', true],
  ['"Message-failed"', false],
  [' "error"  "message-failed" ', true],
  ['"error" "message-handled"', false],
  [String.raw`"\"msg\":\"message-failed\""`, true],
  [String.raw`"\"level\":\"info\""`, false],
  [String.raw`"C:\\\\"`, true],
])('%j matches: %s', (pattern, matches) => {
  expect(parseFilterPattern(pattern)(line)).toBe(matches);
});

it.each([
  'ERROR',
  '?"a" ?"b"',
  '-"a"',
  '"a" b',
  '"a""b"',
  '"open',
  String.raw`"\n"`,
  '{ $.msg = "message-failed" }',
  '[level, message]',
  '%a.b%',
])('refuses %s', (pattern) => {
  expect(() => parseFilterPattern(pattern)).toThrow(
    expect.objectContaining({ code: 'InvalidParameterException' }),
  );
});
