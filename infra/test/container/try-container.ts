// pnpm --filter infra try-container: builds the transcoder's image without a registry, runs it as Fargate would, and sends a
// video through it. Needs root, Docker (dockerd is started if none is running) and debootstrap; skips with a message otherwise.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { makeBaseImages } from './base-images.ts';
import { type DockerEngine, findDockerEngine, hasCommand } from './docker-engine.ts';

const image = 'fyrestream-transcoder:tried';
const repository = fileURLToPath(new URL('../../..', import.meta.url));
const print = (line: string) => void process.stdout.write(`${line}\n`);

const engine = await findDockerEngine();
if (engine === null || !hasCommand('nsenter')) {
  print('skipped: no Docker engine is running, and none can be started (needs root, dockerd and nsenter)');
} else {
  try {
    makeBaseImages(engine);
    const dockerfile = `${repository}/apps/worker/Dockerfile`;
    engine.run('build', '--quiet', '--network=host', '--tag', image, '--file', dockerfile, repository);
    print(`image: ${(Number(engine.capture('inspect', '--format={{.Size}}', image)) / 1e6).toFixed(0)} MB`);
    expectConfinement(engine);
    expectSignals(engine);
    sendVideo(engine);
  } finally {
    await engine.stop();
  }
}

/** As in the task definition: unprivileged user, only scratch is writable, no shell. */
function expectConfinement(docker: DockerEngine): void {
  const script = `
    const fs = require('node:fs');
    const writes = (path) => { try { fs.writeFileSync(path, ''); return true; } catch { return false; } };
    console.log(JSON.stringify({
      user: process.getuid(), file: fs.existsSync('/scratch/README'), scratch: writes('/scratch/x'), root: writes('/x'), temporary: writes('/tmp/x'),
      shell: ['/bin/sh', '/bin/bash', '/usr/bin/dash'].some((path) => fs.existsSync(path)), temporaryFolder: os.tmpdir(),
    }));`;
  const output = docker.capture(
    'run',
    '--rm',
    '--read-only',
    '--cap-drop=ALL',
    '--network=none',
    '--entrypoint=/usr/local/bin/node',
    image,
    '-e',
    script,
  );
  expectEqual('confinement', JSON.parse(output), {
    user: 10001,
    // With it, a volume has the owner of the folder in the image.
    file: true,
    scratch: true,
    root: false,
    temporary: false,
    shell: false,
    temporaryFolder: '/scratch',
  });
}

/** SIGTERM reaches Node, which is the first process of the container. */
function expectSignals(docker: DockerEngine): void {
  const wait =
    "process.on('SIGTERM', () => process.exit(20)); setInterval(() => {}, 1000); console.log('ready')";
  const node = ['--entrypoint=/usr/local/bin/node', image, '-e', wait];
  const container = docker.capture('run', '--detach', '--read-only', '--network=none', ...node);
  while (!docker.capture('logs', container).includes('ready'));
  docker.capture('stop', '--time=30', container);
  const exitCode = docker.capture('inspect', '--format={{.State.ExitCode}}', container);
  docker.capture('rm', '--volumes', container);
  expectEqual('exit code after SIGTERM', exitCode, '20');
}

/** In a network namespace with a loopback interface only, shared with the local cloud. */
function sendVideo(docker: DockerEngine): void {
  const holder = docker.capture(
    'run',
    '--detach',
    '--rm',
    '--network=none',
    'debian:trixie-slim',
    'sleep',
    'infinity',
  );
  try {
    const pid = docker.capture('inspect', '--format={{.State.Pid}}', holder);
    const script = fileURLToPath(new URL('send-video.ts', import.meta.url));
    const argv = [`--net=/proc/${pid}/ns/net`, process.execPath, script, image, `container:${holder}`];
    const env = { ...process.env, ...(docker.host && { DOCKER_HOST: docker.host }) };
    execFileSync('nsenter', argv, { env, stdio: 'inherit' });
  } finally {
    docker.capture('kill', holder);
  }
}

function expectEqual(name: string, found: unknown, expected: unknown): void {
  const [actual, wanted] = [JSON.stringify(found), JSON.stringify(expected)];
  print(`${name}: ${actual}${actual === wanted ? '' : `, expected ${wanted}`}`);
  if (actual !== wanted) process.exitCode = 1;
}
