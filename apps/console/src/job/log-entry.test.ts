import { expect, it } from 'vitest';
import { parseLogEntry } from './log-entry.ts';

it('shows the message of a line and its fields', () => {
  const line =
    '{"level":"info","time":"2026-01-01","name":"worker","jobId":"a","unitId":"audio","seconds":3.2,"msg":"unit-done"}';
  expect(parseLogEntry(line)).toEqual({
    level: 'info',
    message: 'unit-done',
    fields: 'unitId=audio seconds=3.2',
  });
});

it('shows lines of a runtime as they are', () => {
  for (const line of ['END RequestId: 1', '{"no": "level"}', 'null', '"text"'])
    expect(parseLogEntry(line)).toEqual({ level: null, message: line, fields: '' });
});
