import { spawn } from 'node:child_process';

export interface ContainerOptions {
  readonly image: string;
  /** Value of `docker run --network`. */
  readonly network: string;
  readonly dockerHost: string | undefined;
}

/**
 * Runs the image as Fargate would, with the environment of the worker; the local cloud starts this instead of the worker's
 * bundle. Passes SIGTERM to the container and returns its exit code.
 */
export function runInContainer({ image, network, dockerHost }: ContainerOptions): void {
  const names = Object.keys(process.env).filter((name) => /^(AWS|FYRESTREAM)_/.test(name));
  const argv = [
    'run',
    '--rm',
    '--read-only',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    `--network=${network}`,
    ...names.flatMap((name) => ['--env', name]),
    '--env=FYRESTREAM_SCRATCH_DIRECTORY=/scratch',
    '--env=FYRESTREAM_ATTEMPT_HOURS=1',
    '--env=FYRESTREAM_UNIT_SECONDS=48',
    '--env=FYRESTREAM_MAX_WORKERS_PER_JOB=1',
    '--env=FYRESTREAM_TARGET_MINUTES=10',
    image,
  ];
  const env = { ...process.env, ...(dockerHost && { DOCKER_HOST: dockerHost }) };
  const child = spawn('docker', argv, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
