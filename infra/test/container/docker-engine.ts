import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running Docker engine. */
export interface DockerEngine {
  /** Value for `DOCKER_HOST`; undefined for the default engine. */
  readonly host: string | undefined;
  /** Runs `docker` with its output on the terminal. */
  readonly run: (...argv: string[]) => void;
  /** Runs `docker` and returns its output. */
  readonly capture: (...argv: string[]) => string;
  /** Stops the engine if this script started it. */
  readonly stop: () => Promise<void>;
}

const startTimeoutSeconds = 300;

/** @returns the engine of this machine, or one that is started for this run; null if neither is possible */
export async function findDockerEngine(): Promise<DockerEngine | null> {
  const present = createEngine(process.env.DOCKER_HOST, async () => {});
  if (isRunning(present)) return present;
  if (process.getuid?.() !== 0 || !hasCommand('dockerd')) return null;
  const folder = mkdtempSync(join(tmpdir(), 'fyrestream-docker-'));
  const host = `unix://${folder}/docker.sock`;
  const log = openSync(join(folder, 'dockerd.log'), 'a');
  const argv = [
    `--host=${host}`,
    `--data-root=${folder}/data`,
    `--exec-root=${folder}/exec`,
    `--pidfile=${folder}/dockerd.pid`,
    // The containers use no Docker network.
    '--bridge=none',
    '--iptables=false',
    '--ip6tables=false',
  ];
  // In its own mount namespace, so that its folder can be removed afterwards.
  const daemon = spawn('unshare', ['--mount', 'dockerd', ...argv], { stdio: ['ignore', log, log] });
  const started = createEngine(host, async () => {
    if (daemon.exitCode === null) {
      const ended = new Promise((resolve) => daemon.once('exit', resolve));
      daemon.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });
  for (let second = 0; second < startTimeoutSeconds; second++) {
    if (isRunning(started)) return started;
    await sleep(1000);
  }
  await started.stop();
  return null;
}

function createEngine(host: string | undefined, stop: DockerEngine['stop']): DockerEngine {
  // The classic builder uses local base images; buildx would look them up in a registry.
  const env = { ...process.env, DOCKER_BUILDKIT: '0', ...(host && { DOCKER_HOST: host }) };
  return {
    host,
    run: (...argv) => void execFileSync('docker', argv, { env, stdio: ['ignore', 'inherit', 'inherit'] }),
    capture: (...argv) =>
      execFileSync('docker', argv, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim(),
    stop,
  };
}

function isRunning(engine: DockerEngine): boolean {
  try {
    engine.capture('version', '--format', '{{.Server.Version}}');
    return true;
  } catch {
    return false;
  }
}

export function hasCommand(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
