export interface MappedStream {
  readonly pid: number;
  /** Two streams of one kind can follow each other: `audio 3`. */
  readonly kind: string;
  readonly language: string | null;
  readonly audioType: number;
}

/** Source: ISO/IEC 13818-1, table 2-34; ATSC A/53-3; DVB: ETSI TS 101 154. */
const videoTypes = new Set([0x01, 0x02, 0x10, 0x1b, 0x24, 0x33]);
const audioTypes = new Set([0x03, 0x04, 0x0f, 0x11, 0x81, 0x82, 0x87]);
/** Descriptors that say what a private stream (type 6) holds: AC-3, E-AC-3, DTS, AAC. Source: ETSI EN 300 468, 6.1. */
const privateAudio = new Set([0x6a, 0x7a, 0x7b, 0x7c]);

const languageDescriptor = 0x0a;

/** The audio and video streams of a program map section; the others are of no use here. Source: ISO/IEC 13818-1, 2.4.4.8. */
export function readProgramMap(section: Uint8Array): MappedStream[] {
  if (section[0] !== 2) return [];
  const streams: MappedStream[] = [];
  let at = 12 + length12(section, 10);
  while (at + 5 <= section.length - 4) {
    const pid = (((section[at + 1] ?? 0) & 0x1f) << 8) | (section[at + 2] ?? 0);
    const end = at + 5 + length12(section, at + 3);
    const descriptors = descriptorsOf(section.subarray(at + 5, end));
    const kind = kindOf(section[at] ?? 0, descriptors);
    const language = descriptors.get(languageDescriptor);
    if (kind !== null) {
      const code = String.fromCharCode(...(language?.subarray(0, 3) ?? []));
      streams.push({ pid, kind, language: code || null, audioType: language?.[3] ?? 0 });
    }
    at = end;
  }
  return streams;
}

function kindOf(streamType: number, descriptors: ReadonlyMap<number, Uint8Array>): string | null {
  if (videoTypes.has(streamType)) return `video ${streamType}`;
  if (audioTypes.has(streamType)) return `audio ${streamType}`;
  const tag = streamType === 6 ? [...descriptors.keys()].find((one) => privateAudio.has(one)) : undefined;
  return tag === undefined ? null : `audio ${streamType} ${tag}`;
}

function descriptorsOf(bytes: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  for (let at = 0; at + 2 <= bytes.length; at += 2 + (bytes[at + 1] ?? 0)) {
    found.set(bytes[at] ?? 0, bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0)));
  }
  return found;
}

function length12(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) & 0x0f) << 8) | (bytes[at + 1] ?? 0);
}
