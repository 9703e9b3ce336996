/**
 * Facts from the name of an ffmpeg pixel format. `yuvj…` is YUV in full range; RGB is always full range; the depth
 * follows the `p` (`yuv422p10le`), or is part of the name of packed and semi-planar formats.
 */
export function pixelFormatFacts(name: string | undefined): {
  isRgb: boolean;
  isFullRange: boolean;
  hasAlpha: boolean;
  bitDepth: number | null;
} {
  const format = name ?? '';
  const isRgb = /^(x2|0)?(rgb|bgr|gbr|argb|abgr|rgba|bgra)|^pal8|^(rgb|bgr)0/.test(format);
  const depth = /(?:p|gray|y2|x2rgb|x2bgr|gbrap)(9|10|12|14|16)(?:le|be)?$/.exec(format)?.[1];
  const semiPlanar =
    /^p[0246](10|12|16)/.exec(format)?.[1] ?? /^(?:rgb|bgr|rgba|bgra)(48|64)/.exec(format)?.[1];
  const packedDepth = semiPlanar === '48' || semiPlanar === '64' ? 16 : Number(semiPlanar);
  const bitDepth = depth ? Number(depth) : semiPlanar ? packedDepth : format === '' ? null : 8;
  const hasAlpha = /^(yuva|gbrap|rgba|bgra|argb|abgr|ya|pal8|ayuv)/.test(format);
  return { isRgb, isFullRange: isRgb || format.startsWith('yuvj'), hasAlpha, bitDepth };
}
