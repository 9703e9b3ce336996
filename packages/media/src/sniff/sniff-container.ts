import { findAudioFrames } from '../audio-frames/find-audio-frames.ts';
import type { RefusalCode } from '../media-refusal.ts';
import { foreignSignatures } from './foreign-signatures.ts';
import { imageFormats } from './image-formats.ts';
import { isIsoMedia, isoImageBrands } from './iso-media.ts';
import { matchesSignature } from './matches-signature.ts';
import { mediaSignatures } from './media-signatures.ts';
import { sniffSyncWord } from './sniff-sync-word.ts';
import { decodeStart, looksLikeText } from './text-start.ts';

/** The kind of a file, from its first bytes. If they do not prove it, `unknown`: the worker then inspects the file. */
export type SniffedContainer =
  /** `leadingBytes` precede the media and must be skipped. */
  | { kind: 'media'; demuxer: string; mediaType: string; leadingBytes?: number }
  | { kind: 'refused'; code: RefusalCode; content: string }
  | { kind: 'unknown' };

/** The first 64 KiB: enough to get past the tags of most audio files. */
export const sniffLengthBytes = 65_536;

/** If those are not sufficient: how far to search for audio frames, like players that find them. */
export const sniffFramesLengthBytes = 1_048_576;

/**
 * Finds the demuxer that every reader of the file must use, from its first bytes: name and content type of an upload
 * are not reliable. Refuses only files that are certainly not media.
 */
export function sniffContainer(firstBytes: Uint8Array): SniffedContainer {
  if (firstBytes.length === 0) return { kind: 'refused', code: 'empty-file', content: 'nothing' };
  if (isIsoMedia(firstBytes)) {
    const brand = decodeStart(firstBytes.subarray(8, 12));
    const isImage = decodeStart(firstBytes.subarray(4, 8)) === 'ftyp' && isoImageBrands.has(brand);
    if (isImage)
      return { kind: 'refused', code: 'image-not-video', content: `an image of brand ${brand.trim()}` };
    return { kind: 'media', demuxer: 'mov', mediaType: brand === 'qt  ' ? 'video/quicktime' : 'video/mp4' };
  }
  const media = mediaSignatures.find((signature) => matchesSignature(firstBytes, signature));
  if (media) return { kind: 'media', demuxer: media.demuxer, mediaType: media.mediaType };
  const image = sniffImage(firstBytes);
  if (image) return image;
  const foreign = foreignSignatures.find((signature) => matchesSignature(firstBytes, signature));
  if (foreign) return { kind: 'refused', code: foreign.code, content: foreign.content };
  const synchronised = sniffSyncWord(firstBytes);
  const isText = looksLikeText(firstBytes);
  if (synchronised && !isText) return { kind: 'media', ...synchronised };
  return (
    sniffAudioFrames(firstBytes) ??
    (isText ? { kind: 'refused', ...sniffText(firstBytes) } : { kind: 'unknown' })
  );
}

/** Audio without a container after other bytes: players find the first frame. */
export function sniffAudioFrames(bytes: Uint8Array): (SniffedContainer & { kind: 'media' }) | null {
  const found = findAudioFrames(bytes);
  if (found === null) return null;
  const mediaType = found.demuxer === 'mp3' ? 'audio/mpeg' : 'audio/aac';
  return { kind: 'media', demuxer: found.demuxer, mediaType, leadingBytes: found.offsetBytes };
}

/**
 * An image format with a second image is a video; if the first image does not end in these bytes, the file may be one.
 */
function sniffImage(bytes: Uint8Array): SniffedContainer | null {
  const format = imageFormats.find(({ signatures }) =>
    signatures.some((word) => matchesSignature(bytes, word)),
  );
  if (!format) return null;
  const { name, demuxer, mediaType, sniff } = format;
  const isWholeFile = bytes.length < sniffLengthBytes;
  const motion = sniff(bytes);
  if (motion === 'still' || (motion === 'unknown' && isWholeFile)) {
    return { kind: 'refused', code: 'image-not-video', content: `a ${name} image` };
  }
  return demuxer === null
    ? { kind: 'refused', code: 'unsupported-codec', content: `an animated ${name} image` }
    : { kind: 'media', demuxer, mediaType };
}

/** Playlists make players open other files; the refusal names their type so that users understand it. */
function sniffText(bytes: Uint8Array): { code: RefusalCode; content: string } {
  const text = decodeStart(bytes).trimStart().toLowerCase();
  const playlists = [
    '#extm3u',
    'ffconcat',
    '[playlist]',
    '[reference]',
    '<asx',
    'rtsptext',
    'v=0\r\n',
    'v=0\n',
  ];
  const manifests = ['<mpd', '<smoothstreamingmedia', '<smil'];
  const isManifest = text.startsWith('<') && manifests.some((element) => text.includes(element));
  if (isManifest) return { code: 'playlist-not-media', content: 'a streaming manifest' };
  if (playlists.some((start) => text.startsWith(start)))
    return { code: 'playlist-not-media', content: 'a playlist' };
  if (text.startsWith('<') && text.includes('<svg'))
    return { code: 'image-not-video', content: 'an SVG drawing' };
  return { code: 'not-media', content: text.startsWith('<') ? 'markup' : 'text' };
}
