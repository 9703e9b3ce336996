import { execFile } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface MachineFacts {
  readonly cpuModel: string;
  readonly cores: number;
  readonly memoryGibibytes: number;
  readonly ffmpegVersion: string;
  readonly nodeVersion: string;
  /** With `+` if files differ from it. */
  readonly commit: string;
  /** Of the minute before the run: what else the machine did. */
  readonly loadAverage: number;
}

const repository = fileURLToPath(new URL('../../../../..', import.meta.url));

export async function readMachineFacts(): Promise<MachineFacts> {
  const [banner, commit, changes] = await Promise.all([
    output('ffmpeg', ['-version']),
    output('git', ['rev-parse', '--short', 'HEAD']),
    output('git', ['status', '--porcelain', '--untracked-files=no']),
  ]);
  return {
    cpuModel: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGibibytes: Number((totalmem() / 1024 ** 3).toFixed(1)),
    ffmpegVersion: /version (\S+)/.exec(banner)?.[1] ?? 'unknown',
    nodeVersion: process.versions.node,
    commit: `${commit.trim() || 'unknown'}${changes.trim() === '' ? '' : '+'}`,
    loadAverage: Number((loadavg()[0] ?? 0).toFixed(1)),
  };
}

export function describeMachine(facts: MachineFacts): string {
  const { cpuModel, cores, memoryGibibytes, ffmpegVersion, nodeVersion, commit, loadAverage } = facts;
  return `${cpuModel}, ${cores} cores, ${Math.round(memoryGibibytes)} GiB, ffmpeg ${ffmpegVersion}, Node ${nodeVersion}, commit ${commit}, load ${loadAverage} before the run`;
}

/** Empty where the program is missing or fails, as git does outside of a clone. */
async function output(program: string, argv: string[]): Promise<string> {
  return await promisify(execFile)(program, argv, { cwd: repository }).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
