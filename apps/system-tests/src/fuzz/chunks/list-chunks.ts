import type { Chunk } from './chunk.ts';
import { listFlvChunks } from './list-flv-chunks.ts';
import { listIsoChunks } from './list-iso-chunks.ts';
import { listMatroskaChunks } from './list-matroska-chunks.ts';
import { listRiffChunks } from './list-riff-chunks.ts';
import { listTransportChunks } from './list-transport-chunks.ts';

export type ContainerFormat = 'iso' | 'matroska' | 'riff' | 'flv' | 'transport';

const listers: Readonly<Record<ContainerFormat, (bytes: Buffer) => Chunk[]>> = {
  iso: listIsoChunks,
  matroska: listMatroskaChunks,
  riff: listRiffChunks,
  flv: listFlvChunks,
  transport: listTransportChunks,
};

/** The elements of a file, parents before their children; in a damaged file those in front of the damage. */
export function listChunks(format: ContainerFormat, bytes: Buffer): Chunk[] {
  return listers[format](bytes);
}
