import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '@fyrestream/events';
import { expect, vi } from 'vitest';
import { runTool } from '../setup/run-process.mjs';
import { openStack } from '../src/stack/open-stack.ts';
import { type CommandResult, startCommandLine } from './run-command-line.ts';
import { runHere } from './run-here.ts';

/**
 * Starts a new local cloud in a new folder, where commands find it by `--data data`. The folder is the working directory until
 * it stops.
 * @param settings of a config file
 */
export async function startCloud(settings: Partial<Settings> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'fy-'));
  const callerFolder = process.cwd();
  const argv = ['local', '--data', 'data', '--config', 'settings.json'];
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  let cloud = startCommandLine(argv, folder);
  const ready = () =>
    vi.waitFor(() => expect(cloud.output()).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\n$/), 600_000);
  const end = async (signal: NodeJS.Signals) => {
    if (cloud.child.exitCode !== null || cloud.child.signalCode !== null) return;
    cloud.child.kill(signal);
    await once(cloud.child, 'close');
  };
  await ready();
  process.chdir(folder);
  const run = (...argv: string[]): Promise<CommandResult> => runHere([...argv, '--data', 'data']);
  return {
    folder,
    run,
    /** Runs a command with `--json` and parses its lines. */
    linesOf: async (...argv: string[]): Promise<Record<string, unknown>[]> =>
      (await run(...argv, '--json')).output
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    start: (...argv: string[]) => startCommandLine([...argv, '--data', 'data'], folder),
    openStack: () => openStack({ data: join(folder, 'data') }),
    /** Kills the cloud as a crash does. Other programs take its ports, so the new one listens on others. */
    async killAndRestart(): Promise<void> {
      const ports = JSON.parse(readFileSync(join(folder, 'data', 'ports.json'), 'utf8'));
      await end('SIGKILL');
      const others = [ports.controlPlane, ports.s3].map((port) =>
        createServer((socket) => socket.destroy()).listen(port, '127.0.0.1'),
      );
      await Promise.all(others.map((server) => server.listening || once(server, 'listening')));
      cloud = startCommandLine(argv, folder);
      await ready();
      for (const server of others) server.close();
    },
    async stop(): Promise<void> {
      await end('SIGTERM');
      process.chdir(callerFolder);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Makes a clip with moving video, two key frames a second and a tone in the folder. */
export async function makeClip(
  folder: string,
  name: string,
  { size = '320x240', seconds = 2 }: { size?: string; seconds?: number } = {},
): Promise<void> {
  const video = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=10:duration=${seconds}`];
  const audio = ['-f', 'lavfi', '-i', `sine=duration=${seconds}`];
  const encoding = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-g',
    '5',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
  ];
  await runTool('ffmpeg', ['-v', 'error', ...video, ...audio, ...encoding, name], {
    cwd: folder,
    onFailure: 'The clip could not be made.',
  });
}
