const textCodecs = new Set(
  (
    'subrip srt ass ssa webvtt mov_text text eia_608 sami realtext subviewer subviewer1 microdvd mpl2 ' +
    'jacosub pjs stl vplayer'
  ).split(' '),
);
const bitmapCodecs = new Set(['dvd_subtitle', 'dvb_subtitle', 'hdmv_pgs_subtitle', 'xsub']);

/**
 * Whether ffmpeg can convert a subtitle codec to WebVTT (`text`), whether its subtitles are images, or neither: default
 * builds of ffmpeg have no text decoder for TTML, teletext and ARIB captions.
 */
export function subtitleKind(codec: string | undefined): 'text' | 'bitmap' | 'unknown' {
  if (codec !== undefined && textCodecs.has(codec)) return 'text';
  return codec !== undefined && bitmapCodecs.has(codec) ? 'bitmap' : 'unknown';
}
