import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeFfmpeg, installFakeFfmpeg } from '../../test/fake-ffmpeg.ts';
import { createFfmpeg, type Ffmpeg } from '../run-ffmpeg.ts';
import { type ProcessLimits, processLimits } from './process-limits.ts';

let fake: FakeFfmpeg;
let ffmpeg: Ffmpeg;
beforeAll(async () => {
  fake = await installFakeFfmpeg();
  ffmpeg = createFfmpeg({ workingDirectory: fake.directory });
});
afterAll(() => fake.remove());

const works = (program: string, ...argv: string[]) => spawnSync(program, argv).status === 0;
const hasLimits = works('prlimit', '--nofile=64', 'true');
const hasNamespaces = works('unshare', '--user', '--map-current-user', '--net', 'true');

const target = (name: string) => join(fake.directory, name);
/** Runs the script of `behave` in the place of ffmpeg. */
const runScript = async (script: string, limits = processLimits('finish')) => {
  await fake.behave(script);
  return ffmpeg.run(
    { input: [{ path: 'x', options: [] }], outputs: [{ target: target('out'), options: [] }] },
    { signal: new AbortController().signal, limits },
  );
};
const runReal = async (
  [source, ...options]: [string, ...string[]],
  changes: Partial<ProcessLimits>,
  name = '-',
) => {
  await fake.behave('exec $REAL_FFMPEG "$@"');
  return ffmpeg.run(
    {
      input: [{ path: source, options: ['-f', 'lavfi'] }],
      outputs: [{ target: name, options }],
    },
    {
      signal: new AbortController().signal,
      limits: { ...processLimits('finish'), ...changes },
      toleratesFailure: true,
    },
  );
};

it('gives ffmpeg an environment of its own and a working folder of its own', async () => {
  process.env.FYRESTREAM_OUTPUT_BUCKET = 'secret-bucket';
  await runScript('env > seen-environment');
  delete process.env.FYRESTREAM_OUTPUT_BUCKET;
  const lines = (await readFile(target('seen-environment'), 'utf8')).trim().split('\n');
  // The shell of the script adds three.
  const names = lines
    .map((line) => line.split('=')[0])
    .filter((name) => !/^(PWD|SHLVL|_|OLDPWD)$/.test(name ?? ''));
  expect(names.toSorted()).toEqual(['LANG', 'PATH', 'REAL_FFMPEG']);
});

it.skipIf(!hasNamespaces)('denies ffmpeg the environment and the memory of the worker', async () => {
  await runScript(`for file in environ mem maps; do
    head -c 1 /proc/${process.pid}/$file > /dev/null 2>&1 && echo $file >> read-files; done; touch read-files`);
  expect(await readFile(target('read-files'), 'utf8')).toBe('');
});

it.skipIf(!hasNamespaces)('denies ffmpeg the network', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await runScript(`exec node -e 'const socket = require("net").connect(${port}, "127.0.0.1");
    socket.on("error", (error) => require("fs").writeFileSync("connection", error.code));
    socket.on("connect", () => require("fs").writeFileSync("connection", "open"));'`);
  expect(await readFile(target('connection'), 'utf8')).not.toBe('open');
  expect(connections).toBe(0);
  server.close();
});

it.skipIf(!hasLimits)('refuses a file for good when ffmpeg reaches its CPU time', async () => {
  const endless: [string, ...string[]] = ['testsrc2=size=640x480:duration=100000', '-f', 'null'];
  await expect(runReal(endless, { cpuSeconds: 1 })).rejects.toMatchObject({
    code: 'media-too-costly',
    retryable: false,
  });
});

it.skipIf(!hasLimits)('refuses a file for good when ffprobe reaches its CPU time', async () => {
  const argv = ['-f', 'lavfi', '-show_frames', '-of', 'csv=p=0', 'testsrc2=size=640x480:duration=100000'];
  const limits = { ...processLimits('inspect'), cpuSeconds: 1 };
  const failure = { code: 'media-too-costly', retryable: false };
  await expect(ffmpeg.probe(argv, { signal: new AbortController().signal, limits })).rejects.toMatchObject(
    failure,
  );
});

it.skipIf(!hasLimits)('refuses a file for good when ffmpeg writes too much', async () => {
  const video: [string, ...string[]] = ['testsrc2=size=64x48:duration=1', '-c:v', 'rawvideo', '-f', 'nut'];
  await expect(runReal(video, { fileBytes: 10_000 }, target('out.nut'))).rejects.toMatchObject({
    code: 'media-writes-too-much',
    retryable: false,
  });
});

it('ends ffmpeg and ffprobe that wait longer than their time', async () => {
  const limits = { ...processLimits('finish'), wallSeconds: 0.2 };
  await expect(runScript('exec sleep 1000', limits)).rejects.toMatchObject({ code: 'ffmpeg-timeout' });
  const waiting = ffmpeg.probe(['-f', 'data', '-i', 'pipe:0'], {
    signal: new AbortController().signal,
    limits,
  });
  await expect(waiting).rejects.toMatchObject({ code: 'ffprobe-timeout', retryable: true });
});
