/** How widely a codec is played decides its place: the first variant must play everywhere. */
const families = [
  { name: 'h264', format: 'avc1' },
  { name: 'hevc', format: 'hvc1' },
  { name: 'av1', format: 'av01' },
] as const;

export type CodecFamily = (typeof families)[number]['name'];

export function codecFamily(codec: string): CodecFamily | null {
  return families.find(({ format }) => codec.startsWith(`${format}.`))?.name ?? null;
}

/** 0 for H.264, then HEVC, then AV1, then what is unknown. */
export function codecRank(codec: string): number {
  const index = families.findIndex(({ format }) => codec.startsWith(`${format}.`));
  return index === -1 ? families.length : index;
}
