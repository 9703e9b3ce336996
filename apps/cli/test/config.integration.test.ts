import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLadderConfig } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommandLine } from './run-command-line.ts';
import { makeClip } from './start-cloud.ts';

let folder: string;
const run = (...argv: string[]) => runCommandLine([...argv, '--config', 'small.json'], folder);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fyrestream-config-'));
  await makeClip(folder, 'clip.mp4', { size: '640x360', seconds: 1 });
  const ladders = defaultLadderConfig.ladders.map(({ rungs, ...rest }) => ({
    ...rest,
    rungs: rungs.filter(({ shortEdgePixels }) => shortEdgePixels === 240),
  }));
  const rung = { shortEdgePixels: 120, constantRateFactor: 30, maximumBitrateBitsPerSecond: 200_000 };
  const tiny = { ladders: [{ codec: 'h264', speed: 'ultrafast', rungs: [rung] }] };
  const settings = {
    ladder: { ...defaultLadderConfig, ladders },
    costLimitUsd: 2,
    nat: 'none',
    profiles: { tiny },
  };
  writeFileSync(join(folder, 'small.json'), JSON.stringify(settings));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('a local cloud with a config of one 240p rung makes exactly that rung', async () => {
  const { exitCode, output, notes } = await run('start', 'clip.mp4', '--data', 'data');
  expect(exitCode).toBe(0);
  expect(notes).toContain('the local cloud does not use these settings: nat\n');
  expect(output.match(/^h264-\d+/gm)).toEqual(['h264-240']);
});

it('start makes a file by a profile of the config', async () => {
  const argv = ['start', 'clip.mp4', '--data', 'data', '--profile'];
  const { exitCode, output } = await run(...argv, 'tiny', '--option', 'title=At the sea');
  expect(exitCode).toBe(0);
  expect(output.match(/^h264-\d+/gm)).toEqual(['h264-120']);
  const unknown = await run(...argv, 'small');
  expect(unknown.exitCode).toBe(2);
  expect(unknown.notes).toMatch(
    /^fyrestream: --profile small: .* has no such profile, but default, tiny\.$/m,
  );
});

it('plan says what that ladder lacks, in its JSON too', async () => {
  const sentence =
    'The source has 640×360, but the largest rung of the ladder is 240: add a rung of 360 to publish its full resolution.';
  expect((await run('plan', 'clip.mp4')).output).toContain(`\n\n${sentence}\n\n`);
  const { ladderLacks, plan } = JSON.parse((await run('plan', 'clip.mp4', '--json')).output);
  expect(ladderLacks).toBe(sentence);
  expect(plan.video.branches[0].renditions).toHaveLength(1);
});
