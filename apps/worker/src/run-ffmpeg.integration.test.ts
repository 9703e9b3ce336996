import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FfmpegCommand, toArguments } from '@fyrestream/media';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeFfmpeg, installFakeFfmpeg } from '../test/fake-ffmpeg.ts';
import { createFfmpeg, type Ffmpeg } from './run-ffmpeg.ts';
import { processLimits } from './sandbox/process-limits.ts';

let fake: FakeFfmpeg;
let ffmpeg: Ffmpeg;
const probing = { signal: new AbortController().signal, limits: processLimits('finish') };

beforeAll(async () => {
  fake = await installFakeFfmpeg();
  ffmpeg = createFfmpeg();
});
afterAll(() => fake.remove());

const pathFor = (name: string) => join(fake.directory, name);

/** One second of video into a file. */
function command(changes: Partial<FfmpegCommand> = {}): FfmpegCommand {
  return {
    input: [{ path: 'testsrc2=size=64x48:duration=1', options: ['-f', 'lavfi'] }],
    outputs: [{ target: pathFor('out.mp4'), options: ['-c:v', 'libx264', '-f', 'mp4'] }],
    ...changes,
  };
}

async function fileAppears(path: string): Promise<string> {
  while (!existsSync(path) || (await readFile(path, 'utf8')) === '') await sleep(20);
  return (await readFile(path, 'utf8')).trim();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('runs the real ffmpeg until it ends and returns its standard error', async () => {
  await fake.behave('exec $REAL_FFMPEG "$@"');
  const message = await ffmpeg.run(command({ logLevel: 'info' }), { ...probing });
  expect(message).toContain('frame=');
  expect(existsSync(pathFor('out.mp4'))).toBe(true);
});

it('attack: audio with samples that are no numbers is refused for good instead of tried three times', async () => {
  await fake.behave('exec $REAL_FFMPEG "$@"');
  const encode = command({
    input: [{ path: 'aevalsrc=0/0:d=1', options: ['-f', 'lavfi'] }],
    outputs: [{ target: pathFor('out.mp4'), options: ['-c:a', 'aac', '-f', 'mp4'] }],
  });
  await expect(ffmpeg.run(encode, { ...probing })).rejects.toMatchObject({
    code: 'audio-not-finite',
    retryable: false,
  });
});

it('runs the argv of the command, argument by argument, and logs it at debug', async () => {
  await fake.behave(`for argument in "$@"; do echo "[$argument]" >> ${pathFor('arguments')}; done`);
  const spaced = command({
    input: [
      { path: '/scratch/a b.mov', options: ['-f', 'mov', '-metadata', 'title=two words'] },
      { path: '/scratch/c.mov', options: ['-f', 'mov'] },
    ],
    filterGraph: [
      { inputs: ['0:v'], filters: ['scale=64:48:flags=bicubic', ' split '], outputs: ['a', 'b'] },
    ],
    outputs: [
      { target: pathFor('a file.mp4'), options: ['-map', '[b]', '-f', 'mp4'] },
      { target: 'unix:/tmp/a.sock', options: ['-map', '[a]', '-x264-params', 'keyint=2 : a', '-f', 'mp4'] },
    ],
  });
  const logged: unknown[] = [];
  await createFfmpeg({ log: { debug: (...entry: unknown[]) => logged.push(entry), warn: () => {} } }).run(
    spaced,
    { ...probing },
  );
  const given = (await readFile(pathFor('arguments'), 'utf8')).trim().split('\n');
  expect(given).toEqual(toArguments(spaced).map((argument) => `[${argument}]`));
  expect(logged).toEqual([[{ argv: toArguments(spaced) }, 'ffmpeg-command']]);
});

it('throws a typed error with the last lines of standard error when it ends with an exit code', async () => {
  await fake.behave('echo "first line" >&2; echo "moov atom not found" >&2; exit 187');
  await expect(ffmpeg.run(command(), { ...probing })).rejects.toMatchObject({
    code: 'ffmpeg-failed',
    retryable: true,
    message: 'ffmpeg ended with exit code 187: first line | moov atom not found',
  });
});

it('does not fail where most frames of a file are damaged', async () => {
  await fake.behave('exec $REAL_FFMPEG "$@"');
  const path = pathFor('damaged.mp4');
  const options = ['-c:a', 'aac', '-f', 'mp4'];
  const tone = { path: 'sine=duration=1', options: ['-f', 'lavfi'] };
  const damage = { target: path, options: [...options, '-bsf:a', 'noise=amount=1'] };
  await ffmpeg.run(command({ input: [tone], outputs: [damage] }), { ...probing });
  const reading = {
    input: [{ path, options: ['-f', 'mov'] }],
    outputs: [{ target: pathFor('out.mp4'), options }],
  };
  expect(await ffmpeg.run(command(reading), { ...probing })).toContain('Error while decoding');
});

it('F24 distinguishes a full disk from other failures', async () => {
  await fake.behave('echo "av_interleaved_write_frame(): No space left on device" >&2; exit 1');
  const failure = { code: 'disk-full', retryable: true };
  await expect(ffmpeg.run(command(), { ...probing })).rejects.toMatchObject(failure);
});

it('keeps the last lines of a long standard error', async () => {
  await fake.behave('for n in $(seq 1 5000); do echo "complaint $n" >&2; done; exit 0');
  const message = await ffmpeg.run(command(), { ...probing, keptLines: 100 });
  expect(message).toContain('complaint 5000');
  expect(message).not.toContain('complaint 4000\n');
});

it('returns the standard error of a failed run when failures are tolerated', async () => {
  await fake.behave('echo "Invalid data found" >&2; exit 1');
  expect(await ffmpeg.run(command(), { ...probing, toleratesFailure: true })).toContain('Invalid data');
});

it('F23 reports that ffmpeg was killed, as when memory runs out', async () => {
  await fake.behave('echo "about to grow" >&2; kill -KILL $$; sleep 5');
  await expect(ffmpeg.run(command(), { ...probing })).rejects.toMatchObject({
    code: 'ffmpeg-killed',
    message: 'ffmpeg was killed by SIGKILL: about to grow',
    retryable: true,
  });
});

it('F23 reports that a signal ended ffmpeg, also when failures are tolerated', async () => {
  await fake.behave('echo "about to crash" >&2; kill -SEGV $$; sleep 5');
  for (const toleratesFailure of [false, true]) {
    await expect(ffmpeg.run(command(), { ...probing, toleratesFailure })).rejects.toMatchObject({
      code: 'ffmpeg-crashed',
      message: 'ffmpeg was killed by SIGSEGV: about to crash',
      retryable: true,
    });
  }
});

it('stops ffmpeg with SIGTERM and rejects with the reason of the signal', async () => {
  const pidFile = pathFor('polite');
  await fake.behave(`trap 'echo stopped > ${pathFor('stopped')}; exit 255' TERM; echo $$ > ${pidFile}
    while :; do sleep 0.05; done`);
  const controller = new AbortController();
  const running = ffmpeg.run(command(), { ...probing, signal: controller.signal });
  const pid = Number(await fileAppears(pidFile));
  const reason = new Error('the claim is void');
  controller.abort(reason);
  await expect(running).rejects.toBe(reason);
  expect(await readFile(pathFor('stopped'), 'utf8')).toBe('stopped\n');
  expect(isAlive(pid)).toBe(false);
});

it('F25 kills an ffmpeg that ignores SIGTERM', async () => {
  const pidFile = pathFor('deaf');
  await fake.behave(`exec node -e '
    process.on("SIGTERM", () => {});
    setInterval(() => {}, 1000);
    require("fs").writeFileSync("${pidFile}", String(process.pid));'`);
  const controller = new AbortController();
  const running = ffmpeg.run(command(), { ...probing, signal: controller.signal });
  const pid = Number(await fileAppears(pidFile));
  controller.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  expect(isAlive(pid)).toBe(false);
});

it('starts nothing if the signal is already aborted', async () => {
  await fake.behave(`touch ${pathFor('started')}`);
  await expect(
    ffmpeg.run(command(), { ...probing, signal: AbortSignal.abort(new Error('over')) }),
  ).rejects.toThrow('over');
  expect(existsSync(pathFor('started'))).toBe(false);
});

it('probes, and reports a failure in one line', async () => {
  await fake.behave('exec $REAL_FFMPEG "$@"');
  await ffmpeg.run(command(), { ...probing });
  const entries = ['-v', 'error', '-show_entries', 'stream=width,height', '-of', 'csv=p=0'];
  expect((await ffmpeg.probe([...entries, pathFor('out.mp4')], probing)).trim()).toBe('64,48');
  await expect(ffmpeg.probe([...entries, pathFor('nothing.mp4')], probing)).rejects.toMatchObject({
    code: 'ffprobe-failed',
    retryable: false,
    message: expect.stringMatching(/^ffprobe cannot read the file: .*No such file or directory$/),
  });
});

it('F23 does not report a killed ffprobe as a fault of the file', async () => {
  const path = pathFor('ffprobe');
  await writeFile(path, '#!/bin/sh\nkill -SEGV $$\n', { mode: 0o755 });
  const failure = { code: 'ffprobe-killed', retryable: true };
  await expect(ffmpeg.probe(['-version'], probing)).rejects.toMatchObject(failure);
  await rm(path);
});

it('reports the versions of its tools', async () => {
  const versions = await ffmpeg.versions();
  expect(versions).toEqual({
    ffmpeg: expect.stringMatching(/^n?\d/),
    ffmpegBuild: expect.stringMatching(/^[0-9a-f]{16}$/),
    ffprobe: expect.stringMatching(/^n?\d/),
    node: process.versions.node,
  });
});

it('reports them after ffprobe failed once', async () => {
  const own = createFfmpeg();
  const path = pathFor('ffprobe');
  await writeFile(path, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  await expect(own.versions()).rejects.toThrow();
  await rm(path);
  expect(await own.versions()).toEqual(await ffmpeg.versions());
});
