import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommandLine } from './run-command-line.ts';
import { runHere } from './run-here.ts';

const jobId = 'abcdefghijklmnopqrstuvwxyz';

const callerFolder = process.cwd();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fyrestream-bad-input-'));
  for (const name of ['a.mp4', 'b.srt']) writeFileSync(join(folder, name), 'bytes');
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(callerFolder);
  rmSync(folder, { recursive: true });
});

it.each([
  [['uplaod', 'a.mp4'], /Unknown command 'uplaod' \(Did you mean upload\?\)/],
  [['upload', 'a.mp4', '--wiat'], /Unknown option '--wiat' \(Did you mean --wait\?\)/],
  [['upload'], /Missing required argument 'file'/],
  [['upload', 'gone.mp4'], /gone\.mp4 does not exist/],
  [['upload', '.'], /is a directory/],
  [['upload', 'a.mp4', 'b.srt'], /b\.srt belongs to a video/],
  [['upload', 'a.mp4', '--prefix', '../up'], /--prefix \.\.\/up must be a folder/],
  [['upload', 'a.mp4', '--data', '.'], /No local cloud is running on \.: start one with/],
  [['upload', 'a.mp4', '--option', 'titel=Meer'], /--option titel=Meer: titel is none of audio,/],
  [['upload', 'a.mp4', '--option', 'posterSeconds=soon'], /--option posterSeconds=soon: posterSeconds: /],
  [['upload', 'a.mp4', '--option', 'title'], /--option title: write NAME=VALUE with one of/],
  [['upload', 'a.mp4', '--profile', 'Mobile'], /argument 'Mobile' is invalid.*must be a name/],
  [['start', 'gone.mp4'], /gone\.mp4 does not exist/],
  [['jobs', '--status', 'lost'], /argument 'lost' is invalid.*queued, running/],
  [['jobs', '--limit', '-1'], /argument '-1' is invalid/],
  [['jobs', '--data', '.'], /No local cloud is running/],
  [['job', 'holiday', '--data', '.'], /No local cloud is running/],
  [['job', jobId, jobId], /Too many arguments/],
  [['download', jobId, '.', '--data', '.'], /\. is not empty/],
  [['download', jobId, 'a.mp4', '--data', '.'], /a\.mp4 is not a directory/],
  [['retry'], /Name jobs, or select them by --status/],
  [['cancel', jobId, '--all'], /Name jobs, or select them by --status/],
  [['cancel', jobId, '--data', '.'], /No local cloud is running on \./],
  [['redrive', '--controll'], /Unknown option '--controll' \(Did you mean --control\?\)/],
  [['verify', './gone'], /There is no directory \.\/gone/],
  [['plan', 'gone.mp4'], /gone\.mp4 does not exist/],
  [['local', '--data', 'a.mp4'], /--data a\.mp4 is a file/],
  [['start', '--data', 'a.mp4'], /--data a\.mp4 is a file/],
  [['local', '--config', 'a.mp4'], /a\.mp4 (is|must|is neither)/],
  [['start', 'a.mp4', '--config', 'gone.yaml'], /gone\.yaml cannot be read/],
  [['plan', 'a.mp4', '--config', 'a', '--ladder', 'b'], /cannot be used with option '--config <file>'/],
  [['doctor', 'me'], /Too many arguments/],
  [['local', '--port', '99999'], /A port is a whole number from 1 to/],
])('%j prints one sentence and exits with 2', async (argv, sentence) => {
  const { exitCode, output, notes } = await runHere(argv);
  expect(notes).toMatch(sentence);
  expect(notes.trimEnd().split('\n')).toHaveLength(1);
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
});

it('a process prints that sentence on standard error and ends with that exit code', async () => {
  const { exitCode, output, notes } = await runCommandLine(['uplaod', 'a.mp4'], folder);
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
  expect(notes).toMatch(/^fyrestream: Unknown command 'uplaod' .*\n$/);
});

it('--version prints to standard output and exits with 0', async () => {
  const { exitCode, output, notes } = await runCommandLine(['--version']);
  expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
  expect(output).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it('--help prints to standard output and exits with 0', async () => {
  const { exitCode, output, notes } = await runCommandLine(['upload', '--help']);
  expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
  expect(output).toContain('--wait');
});
