import type { PlannedRendition, PlannedVideo } from '../plan/encode-plan.ts';
import { masteringForSvtAv1, masteringForX265 } from './mastering-parameters.ts';

/** The options of an output that differ by codec. */
export function videoEncoderOptions(rendition: PlannedRendition, video: PlannedVideo): string[] {
  const quality = ['-preset', `${rendition.speed}`, '-crf', `${rendition.constantRateFactor}`];
  const pixelFormat = ['-pix_fmt', rendition.dynamicRange === 'sdr' ? 'yuv420p' : 'yuv420p10le'];
  const mastering = rendition.dynamicRange === 'pq' ? video.mastering : null;
  if (rendition.codec === 'h264') {
    const captions = ['-a53cc', video.closedCaptions.action === 'kept-in-band' ? '1' : '0'];
    // No key frames at scene cuts: they would differ between renditions.
    const gop = ['-sc_threshold', '0', '-flags', '+cgop', '-bf', '2'];
    return ['-c:v', 'libx264', ...quality, '-profile:v', 'high', ...pixelFormat, ...gop, ...captions];
  }
  if (rendition.codec === 'hevc') {
    // hvc1: Apple's players refuse hev1. x265 takes its GOP settings only as x265-params.
    const own = [
      'scenecut=0',
      'open-gop=0',
      'log-level=warning',
      ...(mastering ? masteringForX265(mastering) : []),
    ];
    const options = ['-tag:v', 'hvc1', ...pixelFormat, '-bf', '2', '-x265-params', own.join(':')];
    return ['-c:v', 'libx265', ...quality, ...options];
  }
  const own = ['scd=0', ...(mastering ? masteringForSvtAv1(mastering) : [])];
  return ['-c:v', 'libsvtav1', ...quality, ...pixelFormat, '-svtav1-params', own.join(':')];
}
