import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface ClipShape {
  readonly size: string;
  readonly seconds: number;
  readonly framesPerSecond: number;
  readonly video: boolean;
  readonly audio: boolean;
  /** Options of the video encoder. */
  readonly encoder: readonly string[];
}

/** A small clip with moving video and beeps: as a rule 640x360 at 25 frames per second, or only one of both. */
export async function makeClip(path: string, changes: Partial<ClipShape> = {}): Promise<string> {
  const { size, seconds, framesPerSecond, video, audio, encoder }: ClipShape = {
    ...{ size: '640x360', seconds: 3, framesPerSecond: 25, video: true, audio: true, encoder: [] },
    ...changes,
  };
  const argv = [
    ['-v', 'error', '-y'],
    video ? ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${framesPerSecond}:duration=${seconds}`] : [],
    audio ? ['-f', 'lavfi', '-i', `sine=frequency=330:sample_rate=48000:duration=${seconds}`] : [],
    video ? ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', ...encoder] : [],
    audio ? ['-c:a', 'aac', '-ac', '2'] : [],
    ['-f', 'mp4', path],
  ];
  await promisify(execFile)('ffmpeg', argv.flat());
  return path;
}
