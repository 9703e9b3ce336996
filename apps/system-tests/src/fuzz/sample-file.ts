import type { ContainerFormat } from './chunks/list-chunks.ts';

/** A correct file, from which mutations are made. */
export interface SampleFile {
  readonly name: string;
  readonly format: ContainerFormat;
  readonly bytes: Buffer;
}
