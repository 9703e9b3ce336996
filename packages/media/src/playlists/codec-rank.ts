/** The order of codecs by player support: the first variant must play everywhere. */
const formats = ['avc1', 'hvc1', 'av01'];

/** 0 for H.264, then HEVC, then AV1, then unknown codecs. */
export function codecRank(codec: string): number {
  const rank = formats.findIndex((format) => codec.startsWith(`${format}.`));
  return rank === -1 ? formats.length : rank;
}
