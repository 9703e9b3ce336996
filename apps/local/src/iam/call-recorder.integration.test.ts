import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCallRecorder, type RecordedCall } from './call-recorder.ts';

let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-calls-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

it('writes each distinct call once, and reports every call', async () => {
  const path = join(directory, 'calls.ndjson');
  const calls: RecordedCall[] = [];
  const read: RecordedCall = {
    ...{ principal: 'worker', action: 's3:GetObject', allowed: true },
    resource: 'arn:aws:s3:::videos/videos/a.mp4',
  };
  const refused: RecordedCall = { ...read, action: 's3:DeleteObject', allowed: false };
  const recorder = createCallRecorder(path, (call) => calls.push(call));
  for (const call of [read, read, refused]) recorder.record(call);
  expect(calls).toEqual([read, read, refused]);
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).action)).toEqual(['s3:GetObject', 's3:DeleteObject']);
});
