import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codecLadderSchema } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeClip, startCloud } from './start-cloud.ts';

const ladderOf = (codec: 'h264' | 'hevc') =>
  codecLadderSchema.parse({
    codec,
    speed: 'ultrafast',
    rungs: [{ shortEdgePixels: 120, constantRateFactor: 30, maximumBitrateBitsPerSecond: 200_000 }],
  });
const small = ladderOf('h264');

let cloud: Awaited<ReturnType<typeof startCloud>>;

beforeAll(async () => {
  cloud = await startCloud({
    profiles: { small: { ladders: [small] }, both: { ladders: [small, ladderOf('hevc')] } },
    profileRules: [{ pattern: 'previews/*', profile: 'small' }],
  });
  await makeClip(cloud.folder, 'clip.mp4');
});
afterAll(() => cloud.stop());

it('upload --profile and --option decide how a film is made, and job shows it', async () => {
  const choice = ['--profile', 'small', '--option', 'title=Größe = 1984', '--option', 'posterSeconds=1'];
  const audio = ['--option', 'audio=[{"language":"de","name":"Ton"}]'];
  const [made] = await cloud.linesOf('upload', 'clip.mp4', ...choice, ...audio, '--wait');
  expect(made).toMatchObject({ status: 'succeeded', reason: null });
  const [job] = await cloud.linesOf('job', String(made?.jobId));
  expect(job?.making).toEqual({
    profile: 'small',
    from: 'metadata',
    options: { title: 'Größe = 1984', posterSeconds: 1, audio: [{ language: 'de', name: 'Ton' }] },
  });
  const { renditions } = (job?.outputs ?? {}) as { renditions: { name: string; kind: string }[] };
  expect(renditions.filter(({ kind }) => kind === 'video').map(({ name }) => name)).toEqual(['h264-120']);
  const { output } = await cloud.run('job', String(made?.jobId));
  expect(output).toMatch(/^profile +small \(named by the upload\)$/m);
  expect(output).toMatch(
    /^options +title=Größe = 1984\n +posterSeconds=1\n +audio=\[\{"language":"de","name":"Ton"\}\]$/m,
  );
});

it('remake --dry-run tells what another profile would keep, encode and cost', async () => {
  const both = await cloud.run('remake', 'clip.mp4', '--profile', 'both', '--dry-run');
  expect(both.output).toMatch(/^videos\/clip\.mp4 +both +h264 120, audio +hevc 120 +\$0\.0\d+$/m);
  expect(both.notes).toMatch(
    /^1 video: 1 rendition kept, 1 encoded, about \$0\.0\d+ in all\nnothing was done: this was a dry run\n$/,
  );
  const all = await cloud.run('remake', '--all', '--dry-run');
  expect(all.output).toBe('');
  expect(all.notes).toMatch(/1 already as their profile wants them/);
  const [line] = await cloud.linesOf('remake', 'clip.mp4', '--profile', 'default', '--dry-run');
  expect(line).toMatchObject({ kept: [], encoded: ['h264-240'], keepsAudio: true, reason: null });
  const neither = await cloud.run('remake');
  expect(neither).toMatchObject({ exitCode: 2, output: '' });
  const unknown = await cloud.run('remake', '--all', '--profile', 'smal', '--dry-run');
  expect(unknown).toMatchObject({ exitCode: 1, notes: expect.stringContaining('has no profile smal') });
});

it('a rule of the stack chooses too, and jobs and costs tell profiles apart', async () => {
  writeFileSync(join(cloud.folder, 'letter.mp4'), 'Dear reader,\n'.repeat(20));
  const [ruled] = await cloud.linesOf('upload', 'letter.mp4', '--prefix', 'previews', '--wait');
  const [plain] = await cloud.linesOf('upload', 'letter.mp4', '--wait');
  expect([ruled?.status, plain?.status]).toEqual(['failed', 'failed']);
  expect((await cloud.run('job', String(ruled?.jobId))).output).toMatch(
    /^profile +small \(by a rule of the stack\)$/m,
  );
  const listed = await cloud.linesOf('jobs', '--profile', 'small');
  expect(listed.map(({ upload }) => (upload as { key: string }).key).toSorted()).toEqual([
    'videos/clip.mp4',
    'videos/previews/letter.mp4',
  ]);
  expect((await cloud.linesOf('jobs', '--profile', 'default')).map(({ jobId }) => jobId)).toEqual([
    plain?.jobId,
  ]);
  const none = await cloud.run('jobs', '--profile', 'large');
  expect(none).toMatchObject({ output: '', notes: 'There are no jobs with the profile large yet.\n' });
  // A task is billed when it has stopped.
  await vi.waitFor(async () => {
    const groups = await cloud.linesOf('costs', '--by', 'profile');
    expect(groups.map(({ name, jobs, tasks }) => [name, jobs, tasks])).toEqual([
      ['default', 1, 0],
      ['small', 2, 1],
    ]);
  }, 600_000);
  expect((await cloud.run('costs', '--by', 'profile')).output).toMatch(
    /^PROFILE +JOBS .*\n.*default +1 .*\nsmall +2 /m,
  );
});

it('captions and options that are named with their video are stored before it', async () => {
  const file = (name: string, content: string) => writeFileSync(join(cloud.folder, name), content);
  file('clip.en.srt', '1\n00:00:00,100 --> 00:00:00,900\nHello\n');
  file('clip.mp4.fyrestream.json', JSON.stringify({ profile: 'small' }));
  const [made] = await cloud.linesOf(
    'upload',
    ...['clip.en.srt', 'clip.mp4', 'clip.mp4.fyrestream.json', '--prefix', 'with', '--wait'],
  );
  expect(made).toMatchObject({ status: 'succeeded', reason: null });
  const [job] = await cloud.linesOf('job', String(made?.jobId));
  expect(job?.making).toMatchObject({ profile: 'small', from: 'sidecar' });
  const { store, outputBucket } = await cloud.openStack();
  const { masterKey } = (job?.outputs ?? {}) as { masterKey: string };
  expect(await store.readText({ bucket: outputBucket, key: masterKey })).toMatch(
    /^#EXT-X-MEDIA:TYPE=SUBTITLES.*LANGUAGE="en"/m,
  );
});

it('a profile that the stack does not have is refused before anything is sent', async () => {
  const { exitCode, output, notes } = await cloud.run(
    'upload',
    'clip.mp4',
    '--prefix',
    'x',
    '--profile',
    'smal',
  );
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
  expect(notes).toMatch(
    /^fyrestream: --profile smal: the local cloud on .+ has no such profile, but default, small, both\.\n$/,
  );
  const { store, sourceBucket } = await cloud.openStack();
  expect(await store.list(sourceBucket, 'videos/x/')).toEqual([]);
});
