import { createRandom, type Random } from '../simulator/create-random.ts';
import { listChunks } from './chunks/list-chunks.ts';
import { blindOperators } from './operators/blind-operators.ts';
import { fieldOperators } from './operators/field-operators.ts';
import type { Operator } from './operators/operator.ts';
import { structuralOperators } from './operators/structural-operators.ts';
import type { SampleFile } from './sample-file.ts';

/** A damaged file. The same seed and samples always give the same. */
export interface Mutation {
  readonly seed: number;
  /** Ends with the extension of the sample. */
  readonly fileName: string;
  readonly bytes: Buffer;
  /** What was changed in which sample. */
  readonly description: string;
}

const groups: readonly Readonly<Record<string, Operator>>[] = [
  blindOperators,
  structuralOperators,
  fieldOperators,
  fieldOperators,
];

/** From this seed on files are changed so often that most are refused, at a third of the cost. */
export const heavyDamageSeed = 1_000_000;

/** Changes a sample one to three times, or 6 to 12 times, each time with its current structure. */
export function mutate(seed: number, samples: readonly SampleFile[]): Mutation {
  const random = createRandom(seed);
  // In turn, so that every run changes all formats.
  const sample = samples[seed % samples.length] ?? random.pick(samples);
  let { bytes } = sample;
  const changes: string[] = [];
  const wanted = seed < heavyDamageSeed ? random.pick([1, 1, 2, 3]) : random.between(6, 12);
  for (let attempts = 0; changes.length < wanted && attempts < 20; attempts += 1) {
    const [name, operator] = pickOperator(random);
    const other = random.pick(samples);
    const result = operator({
      bytes,
      chunks: listChunks(sample.format, bytes),
      random,
      other: { bytes: other.bytes, chunks: listChunks(other.format, other.bytes) },
    });
    if (result === null || result.bytes.equals(sample.bytes)) continue;
    bytes = result.bytes;
    changes.push(`${name}: ${result.detail}`);
  }
  return {
    seed,
    fileName: `${seed}-${sample.name}`,
    bytes,
    description: `${sample.name}; ${changes.join('; ')}`,
  };
}

function pickOperator(random: Random): [string, Operator] {
  return random.pick(Object.entries(random.pick(groups)));
}
