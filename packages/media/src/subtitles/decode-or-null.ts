/** @returns null if the decoder, which is fatal, refuses the bytes */
export function decodeOrNull(
  decoder: { decode(bytes: Uint8Array): string },
  bytes: Uint8Array,
): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
