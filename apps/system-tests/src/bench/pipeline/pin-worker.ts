import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localTopology } from '@fyrestream/local';

/** The cores that this process may use. */
export async function listCores(): Promise<number[]> {
  const status = await readFile('/proc/self/status', 'utf8');
  return parseCoreList(/Cpus_allowed_list:\s+(\S+)/.exec(status)?.[1] ?? '0');
}

/** Reads a list such as `0-2,5`. @see https://man7.org/linux/man-pages/man7/cpuset.7.html */
export function parseCoreList(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/**
 * Writes a module that runs in place of the worker: it holds the process, and with it ffmpeg, to one core, then starts the worker.
 * Each slot has a core of its own.
 */
export async function writePinnedWorker(directory: string, cores: readonly number[]): Promise<string> {
  const path = join(directory, 'pinned-worker.mjs');
  const { bundlePath } = localTopology.taskDefinition;
  await writeFile(
    path,
    `import { execFileSync } from 'node:child_process';
const { FYRESTREAM_REQUEST: request } = process.env;
const cores = ${JSON.stringify(cores)};
// The worker restarts itself without its environment and keeps its core.
if (request !== undefined) {
  const core = cores[JSON.parse(request).slot % cores.length];
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(process.pid)], { stdio: 'ignore' });
}
await import(${JSON.stringify(bundlePath)});
`,
  );
  return path;
}
