import { basename } from 'node:path';
import { FyrestreamError } from '@fyrestream/events';
import { probeJson } from '../measure/run-ffmpeg.ts';
import type { Material } from './material.ts';

interface Probed {
  readonly streams: readonly {
    readonly codec_type: string;
    readonly codec_name: string;
    readonly width?: number;
    readonly height?: number;
    readonly avg_frame_rate?: string;
  }[];
  readonly format: { readonly duration?: string; readonly bit_rate?: string };
}

/** @throws FyrestreamError `no-video`, `command-failed` */
export async function readMaterial(path: string): Promise<Material> {
  const { streams, format } = (await probeJson(['-show_streams', '-show_format', path])) as Probed;
  const video = streams.find(({ codec_type }) => codec_type === 'video');
  const audio = streams.find(({ codec_type }) => codec_type === 'audio');
  if (video === undefined) {
    throw new FyrestreamError({ code: 'no-video', message: `${path} has no video.`, retryable: false });
  }
  const [numerator = 0, denominator = 1] = (video.avg_frame_rate ?? '').split('/').map(Number);
  return {
    path,
    origin: basename(path),
    durationSeconds: Number(format.duration ?? 0),
    width: video.width ?? 0,
    height: video.height ?? 0,
    framesPerSecond: numerator / denominator,
    videoCodec: video.codec_name,
    audioCodec: audio?.codec_name ?? null,
    bitrateBitsPerSecond: Number(format.bit_rate ?? 0),
  };
}
