/**
 * Bitrates of H.264 in the sample template for Full HD of AWS's own video-on-demand solution, by height.
 * @see https://github.com/aws-solutions/video-on-demand-on-aws/blob/main/source/custom-resource/lib/mediaconvert/templates/1080p_avc_aac_16x9_qvbr_no_preset.json
 */
export const sampleBitrates: ReadonlyMap<number, number> = new Map([
  [1080, 8_500_000],
  [720, 6_000_000],
  [540, 3_500_000],
  [360, 1_500_000],
  [270, 400_000],
]);
