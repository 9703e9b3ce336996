import type { Signature } from './media-signatures.ts';

/** Whether a file with these first bytes has the signature. */
export function matchesSignature(bytes: Uint8Array, { at = 0, magic, andAt }: Signature): boolean {
  const found = (offset: number, wanted: string) =>
    [...wanted].every((character, index) => bytes[offset + index] === character.charCodeAt(0));
  return found(at, magic) && (andAt === undefined || found(andAt.offset, andAt.magic));
}
