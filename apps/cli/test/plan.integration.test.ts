import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultLadderConfig, settingsSchema, stackProfilesOf } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../src/config/read-config.ts';
import { runCommandLine } from './run-command-line.ts';
import { makeClip } from './start-cloud.ts';

const examples = fileURLToPath(new URL('../../../docs/profiles.yaml', import.meta.url));
let folder: string;
const run = (...argv: string[]) => runCommandLine(['plan', ...argv], folder);
const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fyrestream-plan-'));
  await makeClip(folder, 'clip.mp4');
  writeFileSync(join(folder, 'letter.mp4'), 'Dear reader,\n'.repeat(20));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('prints the reason of each rung, filter and track', async () => {
  const { exitCode, output, notes } = await run('clip.mp4');
  expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
  expect(output).toMatch(/^streams +0 video, h264, 320×240, yuv420p\n +1 audio, aac, mono, 44100 Hz$/m);
  expect(output).toMatch(
    /^task +\d+ vCPU, \d+ GiB, \d+ GiB of disk\nworkers +1\nestimate +\$0\.\d{4}, on Spot \$/m,
  );
  expect(output).toMatch(/^h264-240 +320×240 +24 .* short edge 240 of 240 in the source/m);
  expect(output).toMatch(/^h264-1080 +dropped +the source's short edge is 240/m);
  expect(output).toMatch(/^fps=10:.*\n {2}constant 10/m);
  expect(output).toMatch(/^audio-1 .*stream 1$/m);
  expect(output).toMatch(/^gain\n {2}to -16 LUFS with true peaks of at most -1 dBTP/m);
  // Nothing is said about captions in the video where there are none.
  expect(output).not.toMatch(/captions/);
});

it.each([
  ['default', ['h264-240', 'h264-1080 dropped'], /128 kbit/],
  ['mobile', ['h264-240', 'h264-540 dropped'], /64 kbit/],
  ['archive-hevc', ['h264-240', 'hevc-240', 'hevc-2160 dropped'], /192 kbit/],
  ['podcast', ['h264-240', 'h264-360 dropped'], /160 kbit/],
])('plans by the shipped profile %s', async (profile, rungs, audio) => {
  const { exitCode, output } = await run('clip.mp4', '--config', examples, '--profile', profile);
  expect(exitCode).toBe(0);
  const rows = output.replaceAll(/ +/g, ' ');
  for (const rung of rungs) expect(rows).toMatch(new RegExp(`^${rung} `, 'm'));
  expect(rows).toMatch(audio);
});

it('names the profiles of a config that does not have the one that was asked for', async () => {
  const { exitCode, notes } = await run('clip.mp4', '--config', examples, '--profile', 'mobil');
  expect(exitCode).not.toBe(0);
  expect(notes).toContain('no such profile, but default, mobile, archive-hevc, podcast.');
});

it('the shipped profile default is what a stack makes without settings', async () => {
  const { settings } = await readConfig(examples);
  const { profiles, profileRules } = settingsSchema.parse(settings);
  const written = { ladder: defaultLadderConfig, profiles, profileRules };
  expect(stackProfilesOf(written).profiles.get('default')?.ladder).toEqual(defaultLadderConfig);
  const { default: all } = profiles;
  expect(all).toMatchObject({
    ladders: defaultLadderConfig.ladders,
    audio: defaultLadderConfig.audio,
    hdr: defaultLadderConfig.hdr,
    watermark: defaultLadderConfig.watermark,
    outputs: defaultLadderConfig.outputs,
  });
});

it('uses the ladder of a file and prints one line of JSON', async () => {
  const [ladder] = defaultLadderConfig.ladders;
  write('small.json', {
    ...defaultLadderConfig,
    ladders: [{ ...ladder, rungs: [{ ...ladder?.rungs[0], shortEdgePixels: 144 }] }],
  });
  const { exitCode, output } = await run('clip.mp4', '--ladder', 'small.json', '--json');
  expect(exitCode).toBe(0);
  const { file, facts, plan, size, workers, cost, reason } = JSON.parse(output);
  expect({ file, reason }).toEqual({ file: 'clip.mp4', reason: null });
  expect(facts.video[0].codedSize).toEqual({ width: 320, height: 240 });
  expect(plan.video.branches[0].renditions).toMatchObject([{ id: 'h264-144', width: 192, height: 144 }]);
  expect(size).toMatchObject({ ephemeralStorageGiB: 21 });
  expect(workers).toBe(1);
  expect(cost.dollars).toBeGreaterThan(cost.dollarsOnSpot);
});

it('prints why a file gets no plan', async () => {
  const refused = await run('letter.mp4');
  expect(refused).toMatchObject({ exitCode: 1, output: '' });
  expect(refused.notes).toMatch(/^fyrestream: The file is not audio or video\..*\n$/);
  const { exitCode, output, notes } = await run('letter.mp4', '--json');
  expect({ exitCode, notes }).toEqual({ exitCode: 1, notes: '' });
  expect(JSON.parse(output)).toMatchObject({ plan: null, reason: { code: 'not-media', retryable: false } });
});

it.each([
  ['does not exist', undefined, /ladder\.json cannot be read/],
  ['is not an object', [], /ladder\.json is not a valid ladder: the whole file: /],
  [
    'does not decrease from rung to rung',
    { ...defaultLadderConfig, ladders: [{ codec: 'h264', speed: 'fast', rungs: [rung(360), rung(720)] }] },
    /is not a valid ladder: ladders\.0\.rungs\.1\.shortEdgePixels: must decrease from rung to rung/,
  ],
  ['has an unknown field', { ...defaultLadderConfig, colour: 'blue' }, /colour/],
])(
  'a ladder that %s is refused in one sentence with the field, and exit code 2',
  async (_, ladder, sentence) => {
    rmSync(join(folder, 'ladder.json'), { force: true });
    if (ladder !== undefined) write('ladder.json', ladder);
    const { exitCode, output, notes } = await run('clip.mp4', '--ladder', 'ladder.json');
    expect(notes).toMatch(sentence);
    expect(notes.trimEnd().split('\n')).toHaveLength(1);
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
  },
);

it('prints what to install where ffmpeg is missing', async () => {
  const { exitCode, notes } = await runCommandLine(['plan', 'clip.mp4'], folder, { PATH: '/nowhere' });
  expect(exitCode).toBe(1);
  expect(notes).toMatch(
    /^fyrestream: Fyrestream needs ffmpeg .* ffmpeg, ffprobe are missing: install ffmpeg/,
  );
});

function rung(shortEdgePixels: number) {
  return {
    shortEdgePixels,
    constantRateFactor: 22,
    maximumBitrateBitsPerSecond: 1_000 * (2_000 - shortEdgePixels),
  };
}
