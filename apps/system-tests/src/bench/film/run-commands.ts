import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EncodePlan } from '@fyrestream/media';
import { runFfmpeg } from '../measure/run-ffmpeg.ts';
import { addUsages, type Usage } from '../measure/usage.ts';
import { decodeCommand, encodeOnlyCommand, loopCommands, plainCommand } from './ffmpeg-commands.ts';

export async function runPlain(plan: EncodePlan, source: string, directory: string): Promise<Usage> {
  return await runFfmpeg(plainCommand(plan, source, directory));
}

export async function runLoop(plan: EncodePlan, source: string, directory: string): Promise<Usage> {
  const usages: Usage[] = [];
  for (const command of loopCommands(plan, source, directory)) usages.push(await runFfmpeg(command));
  return addUsages(usages);
}

/** Only the encoder is measured; a second ffmpeg decodes into its pipe. An hour of raw frames would not fit on a disk. */
export async function runEncodeOnly(plan: EncodePlan, source: string, directory: string): Promise<Usage> {
  const pipe = join(directory, 'frames.yuv');
  await promisify(execFile)('mkfifo', [pipe]);
  try {
    const [encoded] = await Promise.all([
      runFfmpeg(encodeOnlyCommand(plan, pipe, directory)),
      runFfmpeg(decodeCommand(plan, source, pipe)),
    ]);
    return encoded;
  } finally {
    await rm(pipe);
  }
}
