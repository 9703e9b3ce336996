import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Docker engine that answers. */
export interface DockerEngine {
  /** For `DOCKER_HOST`; undefined for the one that is there anyway. */
  readonly host: string | undefined;
  /** Runs the command line; what it prints goes through to the terminal unless it is asked for. */
  readonly run: (...argv: string[]) => void;
  readonly ask: (...argv: string[]) => string;
  /** Stops the engine where it was started here. */
  readonly stop: () => Promise<void>;
}

const startPatienceSeconds = 30;

/** The engine of this machine, or one that is started for this run; null where there is neither. */
export async function findDockerEngine(): Promise<DockerEngine | null> {
  const present = createEngine(process.env.DOCKER_HOST, async () => {});
  if (answers(present)) return present;
  if (process.getuid?.() !== 0 || !hasCommand('dockerd')) return null;
  const folder = mkdtempSync(join(tmpdir(), 'fyrestream-docker-'));
  const host = `unix://${folder}/docker.sock`;
  const log = openSync(join(folder, 'dockerd.log'), 'a');
  const argv = [
    `--host=${host}`,
    `--data-root=${folder}/data`,
    `--exec-root=${folder}/exec`,
    `--pidfile=${folder}/dockerd.pid`,
    // Nothing here needs a network of Docker's making.
    '--bridge=none',
    '--iptables=false',
    '--ip6tables=false',
  ];
  // What it mounts goes with it, so that its folder can be removed.
  const daemon = spawn('unshare', ['--mount', 'dockerd', ...argv], { stdio: ['ignore', log, log] });
  const started = createEngine(host, async () => {
    if (daemon.exitCode === null) {
      const ended = new Promise((resolve) => daemon.once('exit', resolve));
      daemon.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });
  for (let second = 0; second < startPatienceSeconds; second++) {
    if (answers(started)) return started;
    await sleep(1000);
  }
  await started.stop();
  return null;
}

function createEngine(host: string | undefined, stop: DockerEngine['stop']): DockerEngine {
  // The classic builder takes base images from this engine alone; buildx would ask their registry.
  const env = { ...process.env, DOCKER_BUILDKIT: '0', ...(host && { DOCKER_HOST: host }) };
  return {
    host,
    run: (...argv) => void execFileSync('docker', argv, { env, stdio: ['ignore', 'inherit', 'inherit'] }),
    ask: (...argv) =>
      execFileSync('docker', argv, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim(),
    stop,
  };
}

function answers(engine: DockerEngine): boolean {
  try {
    engine.ask('version', '--format', '{{.Server.Version}}');
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
