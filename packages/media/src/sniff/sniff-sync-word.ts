/** Streams without a file header: recognised by sync words at the right distance. */
export function sniffSyncWord(bytes: Uint8Array): { demuxer: string; mediaType: string } | null {
  return sniffTransportStream(bytes) ?? sniffElementaryStream(bytes) ?? sniffAudioFrames(bytes, 0);
}

/** Packets of 188 bytes (broadcast), 192 (Blu-ray, with a timestamp before each) or 204 (with error correction). */
function sniffTransportStream(bytes: Uint8Array) {
  for (const packetBytes of [188, 192, 204]) {
    for (let start = 0; start < packetBytes; start += 1) {
      // Two packets at the start of a file are sufficient; elsewhere five are required.
      const wanted = Math.min(5, Math.floor((bytes.length - start) / packetBytes));
      const isSync = (packet: number) => bytes[start + packet * packetBytes] === 0x47;
      if (
        wanted >= (start <= 4 ? 2 : 5) &&
        Array.from({ length: wanted }, (_, packet) => packet).every(isSync)
      ) {
        return { demuxer: 'mpegts', mediaType: 'video/mp2t' };
      }
    }
  }
  return null;
}

/** Raw H.264 and HEVC: a start code, then a unit that is allowed at the start of a stream. */
function sniffElementaryStream(bytes: Uint8Array) {
  const codeLength = bytes[2] === 1 ? 3 : bytes[2] === 0 && bytes[3] === 1 ? 4 : 0;
  if (bytes[0] !== 0 || bytes[1] !== 0 || codeLength === 0) return null;
  const [first = 0, second = 0] = bytes.subarray(codeLength, codeLength + 2);
  const hevcUnit = (first >> 1) & 0x3f;
  // 32: video parameters; 35: delimiter. Layer 0, temporal id 1.
  if ((hevcUnit === 32 || hevcUnit === 35) && (first & 0x81) === 0 && second === 1) {
    return { demuxer: 'hevc', mediaType: 'video/h265' };
  }
  // 7: sequence parameters; 9: delimiter.
  const isH264 = (first & 0x80) === 0 && [7, 9].includes(first & 0x1f);
  return isH264 ? { demuxer: 'h264', mediaType: 'video/h264' } : null;
}

function sniffAudioFrames(bytes: Uint8Array, at: number): { demuxer: string; mediaType: string } | null {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (isTag(bytes, at)) return sniffBehindTags(bytes, at);
  if (first === 0x0b && second === 0x77) {
    // The upper five bits of byte 5 identify the stream: up to 10 is AC-3.
    const isPlain = (bytes[at + 5] ?? 0) >> 3 <= 10;
    return isPlain
      ? { demuxer: 'ac3', mediaType: 'audio/ac3' }
      : { demuxer: 'eac3', mediaType: 'audio/eac3' };
  }
  if (first === 0x56 && (second & 0xe0) === 0xe0) return { demuxer: 'loas', mediaType: 'audio/mp4a-latm' };
  if (first !== 0xff) return null;
  if ((second & 0xf6) === 0xf0) return { demuxer: 'aac', mediaType: 'audio/aac' };
  // A sync word, a valid version and layer, and a valid bitrate.
  const isMpegAudio = (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) !== 0;
  return isMpegAudio && third >> 4 !== 15 ? { demuxer: 'mp3', mediaType: 'audio/mpeg' } : null;
}

/** Tags may also precede AAC and FLAC; if a tag is longer than the bytes read, MP3 is assumed. */
function sniffBehindTags(bytes: Uint8Array, at: number) {
  let end = at;
  // A loop: a file may have thousands of tags.
  while (isTag(bytes, end)) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(end + 6, end + 10);
    end += 10 + ((a & 0x7f) << 21) + ((b & 0x7f) << 14) + ((c & 0x7f) << 7) + (d & 0x7f);
  }
  if (String.fromCharCode(...bytes.subarray(end, end + 4)) === 'fLaC')
    return { demuxer: 'flac', mediaType: 'audio/flac' };
  const behind = end < bytes.length ? sniffAudioFrames(bytes, end) : null;
  return behind ?? { demuxer: 'mp3', mediaType: 'audio/mpeg' };
}

function isTag(bytes: Uint8Array, at: number): boolean {
  return String.fromCharCode(...bytes.subarray(at, at + 3)) === 'ID3';
}
