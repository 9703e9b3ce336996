import { expect, it } from 'vitest';
import { formatLogLine } from './format-log-line.ts';
import { formatTime } from './format-values.ts';

const terminal = { colour: (name: string, text: string) => `<${name}>${text}` };
const time = '2026-11-30T10:00:00.000Z';
const shown = (text: string) =>
  formatLogLine({ part: 'worker', time, stream: 'worker/a', text }, terminal).slice(formatTime(time).length);

it('shows message and fields of a line without what each line has', () => {
  const entry = {
    level: 'info',
    time,
    name: 'worker',
    jobId: 'a',
    attempt: 1,
    msg: 'unit-done',
    unitId: 'audio',
  };
  expect(shown(JSON.stringify(entry))).toBe(' worker    unit-done attempt=1 unitId=audio');
});

it('marks what is wrong, and quotes what has spaces', () => {
  const reason = { code: 'ffmpeg-failed', message: 'It\nfailed.' };
  expect(shown(JSON.stringify({ level: 'error', msg: 'attempt-failed', reason, note: 'a b' }))).toBe(
    ` worker    <red>attempt-failed reason=${JSON.stringify(reason)} note="a b"`,
  );
});

it('shows lines that are no JSON, without control characters', () => {
  expect(shown('START RequestId: 1\u001b[2J')).not.toContain('\u001b');
  expect(shown('TypeError: x')).toBe(' worker    TypeError: x');
});
