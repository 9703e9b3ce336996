import { jobRecord } from '@fyrestream/operations/test/job-fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommandLine } from './run-command-line.ts';
import { makeClip, startCloud } from './start-cloud.ts';

let cloud: Awaited<ReturnType<typeof startCloud>>;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

const verdicts = (output: string) =>
  Object.fromEntries(
    output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ about, verdict }) => [about, verdict]),
  );

it('a new cloud passes all checks, one line each', async () => {
  const { exitCode, output, notes } = await cloud.run('doctor');
  expect(notes).toBe('');
  expect(
    output
      .replaceAll(/ {2,}.*/g, '')
      .trimEnd()
      .split('\n'),
  ).toEqual([
    '✓ node',
    expect.stringContaining('ffmpeg'),
    // The free space of the machine that runs the test may be too small.
    expect.stringContaining('disk'),
    '✓ stack',
    '✓ buckets',
    '✓ sidecars',
    '✓ upload queue',
    '✓ control queue',
    '✓ jobs',
    '✓ launches',
  ]);
  expect([0, 1]).toContain(exitCode);
});

it('finds dead letters, a job whose worker does not report, and missing tools', async () => {
  const stack = await cloud.openStack();
  await stack.queues.uploads.deadLetters.send('a message from nowhere');
  const longAgo = new Date(Date.now() - 3_600_000).toISOString();
  const silent = jobRecord({ status: 'running', nextAttemptAt: null, updatedAt: longAgo });
  await stack.ledger.createJob(silent);
  const argv = ['doctor', '--data', 'data'];
  const { exitCode, output } = await runCommandLine([...argv, '--json'], cloud.folder, { PATH: '/nowhere' });
  expect(exitCode).toBe(1);
  expect(verdicts(output)).toMatchObject({
    node: 'well',
    ffmpeg: 'wrong',
    'upload queue': 'wrong',
    'control queue': 'well',
    jobs: 'wrong',
  });
  const reported = await cloud.run('doctor');
  expect(reported.output).toMatch(
    /^✗ upload queue +dead letters: 1; `fyrestream redrive --dry-run` shows why$/m,
  );
  expect(reported.output).toMatch(
    new RegExp(`^✗ jobs +1 stuck: ${silent.jobId}: its worker has not reported for 1h`, 'm'),
  );
});

it('names a sidecar that belongs to no video, as no job does', async () => {
  const { store, sourceBucket } = await cloud.openStack();
  const headers = { contentType: 'text/plain', cacheControl: 'no-store' };
  await store.put({ bucket: sourceBucket, key: 'videos/holiday.srt' }, 'Hello.', headers);
  const { output } = await cloud.run('doctor');
  expect(output).toMatch(
    /^✓ sidecars +0 with captions or further audio of a video; 1 ignored \(videos\/holiday\.srt\): only captions/m,
  );
});

it('captions and audio that came or changed after the job was planned are named by `job` and by `doctor`', async () => {
  const { store, sourceBucket } = await cloud.openStack();
  const put = (name: string, text: string) => {
    const srt = `1\n00:00:00,000 --> 00:00:01,000\n${text}\n`;
    const headers = { contentType: 'text/plain', cacheControl: 'no-store' };
    return store.put({ bucket: sourceBucket, key: `videos/${name}` }, srt, headers);
  };
  for (const name of ['film.en.srt', 'film.de.srt', 'film.nonsense.srt']) await put(name, name);
  await makeClip(cloud.folder, 'film.mp4', { size: '64x48', seconds: 1 });
  const uploaded = await cloud.run('upload', 'film.mp4', '--wait', '--json');
  const { jobId, status } = JSON.parse(uploaded.output);
  expect(status).toBe('succeeded');
  expect((await cloud.run('doctor')).output).not.toContain('came after');
  expect(JSON.parse((await cloud.run('job', jobId, '--json')).output)).toMatchObject({ lateFiles: [] });

  await put('film.de.srt', 'changed');
  await put('film.fr.vtt', 'new');
  await put('film.mp4.it.m4a', 'new');
  const late = ['videos/film.de.srt', 'videos/film.fr.vtt', 'videos/film.mp4.it.m4a'];
  expect(JSON.parse((await cloud.run('job', jobId, '--json')).output)).toMatchObject({ lateFiles: late });
  const shown = await cloud.run('job', jobId);
  expect(shown.output).toMatch(/^too late +film\.de\.srt came after the job was planned/m);
  expect(shown.output).toMatch(/^left out +captions: film\.nonsense\.srt: not used/m);
  expect((await cloud.run('doctor')).output).toMatch(
    /^✓ sidecars +5 with captions or further audio of a video; .*3 came after their video was planned \(videos\/film\.de\.srt, videos\/film\.fr\.vtt, videos\/film\.mp4\.it\.m4a\): remake the video/m,
  );
});

it('reports a named cloud that is not running', async () => {
  const { exitCode, output } = await runCommandLine(['doctor', '--data', 'elsewhere'], cloud.folder);
  expect(exitCode).toBe(1);
  expect(output).toMatch(/^✗ stack +No local cloud is running on elsewhere/m);
});

it('checks before the first deployment what it needs, without a stack', async () => {
  const argv = ['doctor', '--deploy', '--json'];
  const { exitCode, output } = await runCommandLine(argv, cloud.folder, { PATH: '/nowhere' });
  expect(exitCode).toBe(1);
  expect(verdicts(output)).toEqual({
    ...{ node: 'wrong', pulumi: 'wrong', state: 'unknown', docker: 'wrong', buildx: 'wrong' },
    ...{ jq: 'unknown', aws: 'unknown' },
  });
});

it('names the command that creates the file of a stack', async () => {
  const { exitCode, notes } = await runCommandLine(['doctor', '--deploy', '--stack', 'prod'], cloud.folder);
  expect(exitCode).not.toBe(0);
  expect(notes).toContain('pulumi stack init prod --copy-config-from dev');
});
