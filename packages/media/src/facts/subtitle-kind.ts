const textCodecs = new Set(
  (
    'subrip srt ass ssa webvtt mov_text text eia_608 sami realtext subviewer subviewer1 microdvd mpl2 ' +
    'jacosub pjs stl vplayer'
  ).split(' '),
);
const bitmapCodecs = new Set(['dvd_subtitle', 'dvb_subtitle', 'hdmv_pgs_subtitle', 'xsub']);

/**
 * Whether ffmpeg can turn a subtitle codec into WebVTT (`text`), whether it is pictures, or neither:
 * TTML, teletext and ARIB captions have no text decoder in a stock ffmpeg.
 */
export function subtitleKind(codec: string | undefined): 'text' | 'bitmap' | 'unknown' {
  if (codec !== undefined && textCodecs.has(codec)) return 'text';
  return codec !== undefined && bitmapCodecs.has(codec) ? 'bitmap' : 'unknown';
}
