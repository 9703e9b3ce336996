import { type TimedCommand, timeCommand } from './time-command.ts';

/** Runs ffmpeg and measures it. @throws FyrestreamError `command-failed` */
export async function runFfmpeg(options: readonly string[]): Promise<TimedCommand> {
  return await timeCommand(['ffmpeg', '-hide_banner', '-nostdin', '-nostats', '-y', ...options]);
}

/** @throws FyrestreamError `command-failed` */
export async function probeJson(options: readonly string[]): Promise<unknown> {
  const { stdout } = await timeCommand(['ffprobe', '-v', 'error', '-of', 'json', ...options]);
  return JSON.parse(stdout);
}
