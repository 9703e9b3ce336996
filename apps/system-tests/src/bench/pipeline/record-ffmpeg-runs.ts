import { execFile } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Usage } from '../measure/usage.ts';

/** One run of ffmpeg or ffprobe by a worker. */
export interface FfmpegRun extends Usage {
  readonly program: string;
  /** Its arguments, joined by spaces and cut off after 3,000 characters. */
  readonly command: string;
}

export interface FfmpegRecorder {
  /** The search path with which a cloud and its workers must run. */
  readonly searchPath: string;
  /** The runs that have ended. */
  readonly runs: readonly FfmpegRun[];
  readonly close: () => void;
}

/**
 * Puts programs with the names of ffmpeg and ffprobe in front of the search path: they run the real ones and report what each
 * used through a named pipe. A worker's sandbox forbids some runs to write files, but no run to write to a pipe; one line
 * is written at once, so that lines of runs at the same time do not mix.
 */
export async function recordFfmpegRuns(directory: string, searchPath: string): Promise<FfmpegRecorder> {
  const pipe = join(directory, 'ffmpeg-runs');
  const programs = join(directory, 'programs');
  await mkdir(programs);
  await promisify(execFile)('mkfifo', [pipe]);
  for (const program of ['ffmpeg', 'ffprobe']) {
    const { stdout } = await promisify(execFile)('bash', ['-c', `command -v ${program}`]);
    await writeFile(join(programs, program), recordingScript(program, stdout.trim(), pipe));
    await chmod(join(programs, program), 0o755);
  }
  // Also for writing: otherwise the pipe would end with its first writer.
  const descriptor = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  const socket = new Socket({ fd: descriptor, readable: true, writable: false });
  const runs: FfmpegRun[] = [];
  let rest = '';
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    runs.push(...lines.map(readRun));
  });
  return {
    searchPath: programs + delimiter + searchPath,
    runs,
    close: () => {
      socket.destroy();
    },
  };
}

function recordingScript(program: string, path: string, pipe: string): string {
  return `#!/bin/bash
command="$*"
command="\${command//$'\\n'/ }"
command="\${command:0:3000}"
TIMEFORMAT="%U %S %R ${program} \${command//%/%%}"
{ time ${path} "$@" 2>&3 3>&-; } 3>&2 2>'${pipe}'
`;
}

function readRun(line: string): FfmpegRun {
  const [user, system, wall, program = '', ...command] = line.split(' ');
  return {
    program,
    command: command.join(' '),
    cpuSeconds: Number(user) + Number(system),
    wallSeconds: Number(wall),
  };
}
