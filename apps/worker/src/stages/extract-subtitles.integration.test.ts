import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim, Ledger } from '@fyrestream/cloud';
import type { EncodePlan, FfmpegCommand } from '@fyrestream/media';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startClaimHeartbeat } from '../claim-heartbeat.ts';
import { createScratch, type Scratch } from '../create-scratch.ts';
import type { JobContext } from '../job-context.ts';
import { systemTimers } from '../timers.ts';
import { extractSubtitles } from './extract-subtitles.ts';

let directory: string;
let scratch: Scratch;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-subtitles-'));
  scratch = await createScratch(join(directory, 'scratch'));
});
afterAll(async () => {
  await scratch.remove();
  await rm(directory, { recursive: true });
});

const cueCount = 500;
const cue = Buffer.from('Déjà <i>vu</i> '.repeat(1_000));
const cueList = Array.from(
  { length: cueCount },
  (_, index) => `0, ${index * 1_000}, ${index * 1_000}, 900, ${cue.length}, 0x6a`,
);

/** Writes eight megabytes of extracted text instead of running ffmpeg. */
async function writeParts({ outputs }: FfmpegCommand): Promise<string> {
  for (const { target } of outputs) {
    const isList = target.endsWith('cues');
    await writeFile(
      target,
      isList ? ['#tb 0: 1/1000', ...cueList].join('\n') : Buffer.concat(Array(cueCount).fill(cue)),
    );
  }
  return '';
}

function contextOf(stored: string[]): JobContext {
  return {
    scratch,
    timers: systemTimers,
    ffmpeg: { run: writeParts },
    store: {
      async put({ key }: { key: string }) {
        stored.push(key);
      },
    },
    settings: { outputBucket: 'outputs' },
    job: { upload: { sizeBytes: 1_000_000 } },
  } as unknown as JobContext;
}

const claim = { jobId: 'job', unitId: 'audio', token: 1 } as unknown as Claim;
const plan = {
  trim: null,
  demuxer: 'matroska',
  leadingBytes: 0,
  timeline: { anchorStreamIndex: null, zeroSeconds: 0 },
  subtitles: [
    { id: 'subtitles-1', streamIndex: 2, codec: 'subrip', language: null, name: '', isForced: false },
  ],
} as unknown as EncodePlan;

it('a worker that lost its claim converts megabytes of subtitles to the end, because no heartbeat runs', async () => {
  const stored: string[] = [];
  let beats = 0;
  const ledger = {
    async renewClaim() {
      beats += 1;
      return beats < 5;
    },
    async readJob() {
      return { status: 'running' };
    },
  } as unknown as Ledger;
  const timers = { ...systemTimers, every: (_: number, tick: () => void) => systemTimers.every(1, tick) };
  const active = startClaimHeartbeat(
    { ledger, timers, clock: () => new Date().toISOString(), activeStatuses: ['running'] },
    claim,
    new AbortController().signal,
  );
  try {
    const extracting = extractSubtitles(contextOf(stored), plan, active, '/source');
    await expect(extracting).rejects.toThrow(expect.objectContaining({ code: 'claim-lost' }));
    expect(stored).toEqual([]);
  } finally {
    active.stopHeartbeat();
  }
});

it('stores the WebVTT of every cue', async () => {
  const stored: string[] = [];
  const active = { ...claim, signal: new AbortController().signal } as Parameters<typeof extractSubtitles>[2];
  const [track] = await extractSubtitles(contextOf(stored), plan, active, '/source');
  expect(track?.report).toMatchObject({ cueCount, lostCueCount: 0 });
  expect(stored).toHaveLength(1);
});
