import { spawn } from 'node:child_process';

export interface ContainerPlace {
  readonly image: string;
  /** As `docker run --network` takes it. */
  readonly network: string;
  readonly dockerHost: string | undefined;
}

/**
 * What the local cloud starts in place of the worker's bundle: the image, as Fargate would run it, with the environment
 * that the worker was given. A signal reaches the container, its exit code comes back.
 */
export function runInContainer({ image, network, dockerHost }: ContainerPlace): void {
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
    image,
  ];
  const env = { ...process.env, ...(dockerHost && { DOCKER_HOST: dockerHost }) };
  const child = spawn('docker', argv, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
