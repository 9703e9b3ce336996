import { expect, it } from 'vitest';
import { findTraceViolations } from './read-trace.ts';

const rules = {
  scratch: '/data/ecs/scratch/t1',
  temporaryDirectory: '/tmp',
  programDirectories: ['/repository'],
  ports: [4_000],
};
const violationsOf = (...lines: string[]) =>
  findTraceViolations(
    ['1<node> execve("/usr/bin/node", ["node"], 0x1 /* 2 vars */) = 0', ...lines].join('\n'),
    rules,
  );

it('accepts the files of the job, libraries, and the connections of the worker', () => {
  expect(
    violationsOf(
      '7<ffprobe> openat(AT_FDCWD, "/lib/x86_64-linux-gnu/libc.so.6", O_RDONLY|O_CLOEXEC) = 3',
      '7<ffprobe> openat(AT_FDCWD, "/data/ecs/scratch/t1/job-a/source", O_RDONLY) = 3',
      '7<av:h264:df0> openat(AT_FDCWD, "job-a/source", O_RDONLY) = 3',
      '7<ffmpeg> connect(3, {sa_family=AF_UNIX, sun_path="../../../../tmp/fyrestream-x/a.sock"}, 110) = 0',
      '7<MainThread> openat(AT_FDCWD, "/repository/apps/worker/dist/main.mjs", O_RDONLY) = 3',
      '7<MainThread> connect(20, {sa_family=AF_INET, sin_port=htons(4000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
    ),
  ).toEqual([]);
});

it('finds other files, also those that do not exist, connections, and programs', () => {
  expect(
    violationsOf(
      '7<ffprobe> openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3',
      '7<ffprobe> openat(AT_FDCWD, "../t2/source", O_RDONLY) = -1 ENOENT (No such file or directory)',
      '7<ffmpeg> openat(AT_FDCWD, "/repository/package.json", O_RDONLY) = 3',
      '7<ffmpeg> connect(3, {sa_family=AF_INET, sin_port=htons(4000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
      '7<MainThread> connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("169.254.170.2")}, 16) = 0',
      '7<ffmpeg> execve("/bin/sh", ["sh"], 0x1 /* 2 vars */) = 0',
    ),
  ).toHaveLength(6);
  expect(findTraceViolations('', rules)).toEqual(['was not traced']);
});
