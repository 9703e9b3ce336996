/** One encode of a curve: what it costs and how good it is. */
export interface QualityPoint {
  readonly bitrateBitsPerSecond: number;
  /** In dB. */
  readonly quality: number;
}

/** SSIM on a scale of decibels, where equal steps are about equally visible: 0.99 is 20 dB. */
export function ssimDecibels(ssim: number): number {
  return -10 * Math.log10(1 - ssim);
}

/**
 * The bitrate at which a curve has a quality, linear between the logarithm of the bitrate and the quality in dB, as in
 * Bjøntegaard's measure (https://www.itu.int/wftp3/av-arch/video-site/0104_Aus/VCEG-M33.doc).
 * @returns null outside of the curve: nothing is extrapolated
 */
export function interpolateBitrate(points: readonly QualityPoint[], quality: number): number | null {
  const sorted = points.toSorted((left, right) => left.quality - right.quality);
  const upperIndex = sorted.findIndex((point) => point.quality >= quality);
  const upper = sorted[upperIndex];
  if (upper === undefined) return null;
  if (upper.quality === quality) return upper.bitrateBitsPerSecond;
  const lower = sorted[upperIndex - 1];
  if (lower === undefined) return null;
  const share = (quality - lower.quality) / (upper.quality - lower.quality);
  const [from, to] = [Math.log(lower.bitrateBitsPerSecond), Math.log(upper.bitrateBitsPerSecond)];
  return Math.exp(from + share * (to - from));
}
