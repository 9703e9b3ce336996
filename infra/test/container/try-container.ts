// pnpm --filter infra try-container: builds the transcoder's image without a registry, runs it as Fargate would, and sends a
// video through it. Needs root, a Docker engine (dockerd is started where none answers) and debootstrap; says so where it skips.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { makeBaseImages } from './base-images.ts';
import { type DockerEngine, findDockerEngine, hasCommand } from './docker-engine.ts';

const image = 'fyrestream-transcoder:tried';
const repository = fileURLToPath(new URL('../../..', import.meta.url));
const print = (line: string) => void process.stdout.write(`${line}\n`);

const engine = await findDockerEngine();
if (engine === null || !hasCommand('nsenter')) {
  print(
    'skipped: no Docker engine answers, and none can be started here (that takes root, dockerd and nsenter)',
  );
} else {
  try {
    makeBaseImages(engine);
    const dockerfile = `${repository}/apps/worker/Dockerfile`;
    engine.run('build', '--quiet', '--network=host', '--tag', image, '--file', dockerfile, repository);
    print(`image: ${(Number(engine.ask('inspect', '--format={{.Size}}', image)) / 1e6).toFixed(0)} MB`);
    expectConfinement(engine);
    expectSignals(engine);
    sendVideo(engine);
  } finally {
    await engine.stop();
  }
}

/** As the task definition has it: nobody's user, nothing to write to but scratch, no shell. */
function expectConfinement(docker: DockerEngine): void {
  const look = `
    const fs = require('node:fs');
    const writes = (path) => { try { fs.writeFileSync(path, ''); return true; } catch { return false; } };
    console.log(JSON.stringify({
      user: process.getuid(), scratch: writes('/scratch/x'), root: writes('/x'), temporary: writes('/tmp/x'),
      shell: ['/bin/sh', '/bin/bash', '/usr/bin/dash'].some((path) => fs.existsSync(path)), temporaryFolder: os.tmpdir(),
    }));`;
  const output = docker.ask(
    'run',
    '--rm',
    '--read-only',
    '--cap-drop=ALL',
    '--network=none',
    '--entrypoint=/usr/local/bin/node',
    image,
    '-e',
    look,
  );
  expectSame('confinement', JSON.parse(output), {
    user: 10001,
    scratch: true,
    root: false,
    temporary: false,
    shell: false,
    temporaryFolder: '/scratch',
  });
}

/** SIGTERM reaches the process that tini starts. */
function expectSignals(docker: DockerEngine): void {
  const wait =
    "process.on('SIGTERM', () => process.exit(20)); setInterval(() => {}, 1000); console.log('waits')";
  const tini = ['--entrypoint=/usr/bin/tini-static', image, '--', '/usr/local/bin/node', '-e', wait];
  const container = docker.ask('run', '--detach', '--read-only', '--network=none', ...tini);
  while (!docker.ask('logs', container).includes('waits'));
  docker.ask('stop', '--time=30', container);
  const exitCode = docker.ask('inspect', '--format={{.State.ExitCode}}', container);
  docker.ask('rm', '--volumes', container);
  expectSame('exit code after SIGTERM', exitCode, '20');
}

/** In a network that has no way out: only the loopback interface that it shares with the local cloud. */
function sendVideo(docker: DockerEngine): void {
  const holder = docker.ask(
    'run',
    '--detach',
    '--rm',
    '--network=none',
    'debian:trixie-slim',
    'sleep',
    'infinity',
  );
  try {
    const pid = docker.ask('inspect', '--format={{.State.Pid}}', holder);
    const script = fileURLToPath(new URL('send-video.ts', import.meta.url));
    const argv = [`--net=/proc/${pid}/ns/net`, process.execPath, script, image, `container:${holder}`];
    const env = { ...process.env, ...(docker.host && { DOCKER_HOST: docker.host }) };
    execFileSync('nsenter', argv, { env, stdio: 'inherit' });
  } finally {
    docker.ask('kill', holder);
  }
}

function expectSame(what: string, found: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  print(`${what}: ${is}${is === should ? '' : `, but should be ${should}`}`);
  if (is !== should) process.exitCode = 1;
}
