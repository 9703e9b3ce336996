import type { FfprobeStream } from './ffprobe-output.ts';
import type { VideoStream } from './source-facts.ts';

/**
 * The transfer function gives the dynamic range; Dolby Vision has a configuration record. Its compatibility id
 * describes the base layer for other decoders; 0 (profile 5, AV1's 10.0) means that there is none: other decoders show
 * green and purple video. Source: Dolby Vision Profiles and Levels, version 1.4, table 2.
 */
export function readDynamicRange(stream: FfprobeStream): Pick<VideoStream, 'dynamicRange' | 'dolbyVision'> {
  const dynamicRange =
    stream.color_transfer === 'smpte2084' ? 'pq' : stream.color_transfer === 'arib-std-b67' ? 'hlg' : 'sdr';
  const record = stream.side_data_list.find((entry) => entry.dv_profile !== undefined);
  if (record?.dv_profile === undefined) return { dynamicRange, dolbyVision: null };
  const compatibilityId = record.dv_bl_signal_compatibility_id ?? 0;
  const hasBaseLayer = compatibilityId !== 0 && record.dv_profile !== 5;
  return { dynamicRange, dolbyVision: { profile: record.dv_profile, compatibilityId, hasBaseLayer } };
}
