import type { Random } from '../../simulator/create-random.ts';
import type { Chunk } from '../chunks/chunk.ts';

export interface OperatorInput {
  readonly bytes: Buffer;
  readonly chunks: readonly Chunk[];
  readonly random: Random;
  /** Another sample and its elements. */
  readonly other: { readonly bytes: Buffer; readonly chunks: readonly Chunk[] };
}

export interface OperatorResult {
  readonly bytes: Buffer;
  /** What was changed, for the report. */
  readonly detail: string;
}

/** Changes a file in one way. Returns null where the file has nothing that it can change. */
export type Operator = (input: OperatorInput) => OperatorResult | null;
