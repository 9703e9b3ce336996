import type { FfmpegRun } from './record-ffmpeg-runs.ts';

export const runPurposes = ['inspection', 'video', 'audio', 'verification', 'packaging', 'pictures'] as const;
/** What a worker runs ffmpeg or ffprobe for. */
export type RunPurpose = (typeof runPurposes)[number];

const videoEncoder = / -c:v lib(x264|x265|svtav1) /;
const audioEncoder = / -c:a aac /;
/** The name of the source on the scratch disk; the audio of some sources is prepared first. */
const source = /\/(source|audio\.nut)( |$)/;

/** Recognises a run by its arguments: what reads the source and encodes nothing inspects it; what decodes own files verifies them. */
export function purposeOf({ command }: Pick<FfmpegRun, 'command'>): RunPurpose {
  if (videoEncoder.test(command)) return 'video';
  if (audioEncoder.test(command)) return 'audio';
  if (source.test(command)) return 'inspection';
  if (/\.jpg( |$)/.test(command)) return 'pictures';
  return / -movflags \+faststart /.test(command) ? 'packaging' : 'verification';
}
