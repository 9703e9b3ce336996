import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { runTool } from './run-process.mjs';

const module = new URL('./run-process.mjs', import.meta.url).href;

/**
 * A process that runs `script` attached and exits with its exit code, as `npm start` does with the command line.
 * @param {string} script
 */
function startAttached(script) {
  const wrapper = `
    import { runAttached } from ${JSON.stringify(module)};
    process.exitCode = await runAttached(process.execPath, ['--eval', ${JSON.stringify(script)}]);
  `;
  return spawn(process.execPath, ['--input-type=module', '--eval', wrapper], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

it('returns the exit code of the program', async () => {
  const [exitCode] = await once(startAttached('process.exit(3)'), 'exit');
  expect(exitCode).toBe(3);
});

it('returns 128 + the signal number where a signal ended the program', async () => {
  const [exitCode] = await once(startAttached("process.kill(process.pid, 'SIGKILL')"), 'exit');
  expect(exitCode).toBe(137);
});

it('forwards SIGTERM to the program and waits until it ends', async () => {
  const attached = startAttached(`
    process.on('SIGTERM', () => process.exit(7));
    setInterval(() => {}, 1000);
    console.log('ready');
  `);
  await once(attached.stdout, 'data');
  attached.kill('SIGTERM');
  const [exitCode] = await once(attached, 'exit');
  expect(exitCode).toBe(7);
});

it('says in one sentence that the disk is full, whatever tool found it', async () => {
  const script = 'echo "av_interleaved_write_frame(): No space left on device" >&2; exit 1';
  await expect(runTool('sh', ['-c', script], { onFailure: 'It failed.' })).rejects.toMatchObject({
    code: 'disk-full',
    message: 'The disk is full: make room and try again.',
  });
});
