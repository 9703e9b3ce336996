import { bufferedRangeReader } from '../crop/buffered-range-reader.ts';
import type { RangeReader } from '../crop/range-reader.ts';
import {
  type ChildElement,
  childElements,
  maxElementHeaderBytes,
  readElement,
} from '../ebml/read-element.ts';
import { MediaRefusal } from '../media-refusal.ts';
import { mediaCeilings } from './media-ceilings.ts';

/** Source: RFC 9559, 5.1. */
const segmentId = 0x18_53_80_67;
const tracksId = 0x16_54_ae_6b;
const cuesId = 0x1c_53_bb_6b;
const tagsId = 0x12_54_c3_67;
const tagId = 0x73_73;
const simpleTagId = 0x67_c8;
const chaptersId = 0x10_43_a7_70;
const attachmentsId = 0x19_41_a4_69;
const trackEntryId = 0xae;
const attachedFileId = 0x61_a7;

/** A film of two days with a cluster for each two seconds. */
const maxElements = 100_000;
const maxDepth = 8;

/**
 * Reads the headers of a Matroska file's elements before ffprobe does, which keeps all metadata in memory and compares each
 * tag with all others. What it does not understand it leaves to ffprobe and its limits.
 * @throws MediaRefusal `metadata-too-large`, `movie-header-too-large`, `too-many-streams`
 */
export async function requireMatroskaCeilings(readFile: RangeReader, fileBytes: number): Promise<void> {
  const read = bufferedRangeReader(readFile);
  const sums = { metadata: 0, attachments: 0, index: 0 };
  let tags = 0;
  let attachments = 0;
  let tracks = 0;
  for (let count = 0, offset = 0; count < maxElements && offset < fileBytes; count++) {
    const element = readElement(await read(offset, maxElementHeaderBytes));
    if (element === null) return;
    offset += element.headerBytes;
    if (element.id === segmentId || element.sizeBytes === null) continue;
    const sizeBytes = Math.min(element.sizeBytes, fileBytes - offset);
    if (element.id === tagsId || element.id === chaptersId) sums.metadata += sizeBytes;
    if (element.id === attachmentsId) sums.attachments += sizeBytes;
    if (element.id === tracksId || element.id === cuesId) sums.index += sizeBytes;
    requireSizes(sums);
    if (element.id === tagsId) tags += countTags(await read(offset, sizeBytes));
    if (element.id === attachmentsId) attachments += countAttachments(await read(offset, sizeBytes));
    if (element.id === tracksId) tracks += countTracks(await read(offset, sizeBytes));
    requireCounts({ tags, attachments, tracks });
    offset += element.sizeBytes;
  }
}

function requireSizes(sums: Readonly<Record<'metadata' | 'attachments' | 'index', number>>): void {
  if (sums.metadata > mediaCeilings.metadataBytes)
    throw new MediaRefusal('metadata-too-large', `Its tags and chapters have ${sums.metadata} bytes.`);
  if (sums.attachments > mediaCeilings.attachmentBytes)
    throw new MediaRefusal('metadata-too-large', `Its attachments have ${sums.attachments} bytes.`);
  if (sums.index > mediaCeilings.movieHeaderBytes)
    throw new MediaRefusal('movie-header-too-large', `It has ${sums.index} bytes.`);
}

function requireCounts({
  tags,
  attachments,
  tracks,
}: Record<'tags' | 'attachments' | 'tracks', number>): void {
  if (tags > mediaCeilings.tags) throw new MediaRefusal('metadata-too-large', `It has ${tags} tags.`);
  if (attachments > mediaCeilings.attachments)
    throw new MediaRefusal('too-many-streams', `It has ${attachments} attachments.`);
  if (tracks > mediaCeilings.streams) throw new MediaRefusal('too-many-streams', `It has ${tracks} tracks.`);
}

/** Tags may contain tags. */
function countTags(bytes: Uint8Array, depth = 0): number {
  if (depth > maxDepth) return 0;
  let count = 0;
  for (const { id, payload } of fewChildElements(bytes, 'metadata-too-large')) {
    if (id === simpleTagId) count += 1;
    if (id === tagId || id === simpleTagId) count += countTags(payload, depth + 1);
    if (count > mediaCeilings.tags) return count;
  }
  return count;
}

function countAttachments(bytes: Uint8Array): number {
  let count = 0;
  for (const { id } of fewChildElements(bytes, 'metadata-too-large')) if (id === attachedFileId) count += 1;
  return count;
}

function countTracks(bytes: Uint8Array): number {
  let count = 0;
  for (const { id, payload } of fewChildElements(bytes, 'movie-header-too-large')) {
    if (id !== trackEntryId) continue;
    count += 1;
    if (count > mediaCeilings.streams) return count;
    for (const _ of fewChildElements(payload, 'movie-header-too-large'));
  }
  return count;
}

/** An element of two bytes takes far more time and memory than these. @throws MediaRefusal with this code */
function* fewChildElements(
  bytes: Uint8Array,
  code: 'metadata-too-large' | 'movie-header-too-large',
): Generator<ChildElement> {
  let count = 0;
  for (const child of childElements(bytes)) {
    count += 1;
    if (count > mediaCeilings.headerElements)
      throw new MediaRefusal(code, `It has more than ${mediaCeilings.headerElements} elements.`);
    yield child;
  }
}
