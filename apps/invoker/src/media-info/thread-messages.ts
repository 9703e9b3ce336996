import type { MediaInfoFacts } from './media-info-facts.ts';

/** What the thread gets when it starts. */
export interface ThreadInput {
  readonly sizeBytes: number;
  readonly chunkSizeBytes: number;
  /** Of its WebAssembly memory. */
  readonly maxMemoryBytes: number;
}

/** What the thread sends. A read is answered with the bytes; no bytes mean that there are no more. */
export type ThreadMessage =
  | { readonly kind: 'read'; readonly from: number; readonly to: number }
  | { readonly kind: 'shape'; readonly shape: MediaInfoFacts };
