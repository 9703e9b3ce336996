import { createHash } from 'node:crypto';
import { uploadKey } from '@fyrestream/events';
import { type SourceKind, sourceNames } from './source-files.ts';

export type KillTarget = 'worker' | 'function' | 'cloud';

export interface PlannedUpload {
  readonly atMilliseconds: number;
  readonly key: string;
  readonly sourceName: string;
}

export interface PlannedKill {
  readonly atMilliseconds: number;
  readonly victim: KillTarget;
  /** Which of those that run then, from 0 to 1. */
  readonly choice: number;
  /** How long the cloud stays away, where it is the victim. */
  readonly downMilliseconds: number;
}

export interface ChaosSettings {
  readonly seed: number;
  readonly uploads: number;
  readonly minutes: number;
}

export interface ChaosPlan {
  readonly uploads: readonly PlannedUpload[];
  readonly kills: readonly PlannedKill[];
}

const kinds: readonly (readonly [SourceKind, number])[] = [
  ['video', 0.66],
  ['audio', 0.16],
  ['text', 0.18],
];
/** Workers die less often than the rest: a job whose workers are killed three times has rightly failed. */
const victims: readonly (readonly [KillTarget, number])[] = [
  ['function', 0.55],
  ['worker', 0.27],
  ['cloud', 0.18],
];
/** One in so many uploads takes a key that is taken. */
const reuploads = 0.2;
/** The last uploads still meet some chaos. */
const uploadShare = 0.85;
const meanGapMilliseconds = 4_000;
const maxDownMilliseconds = 2_500;

/** All that is left to chance, drawn beforehand: what is uploaded and when, who is killed and when. */
export function planChaos({ seed, uploads, minutes }: ChaosSettings): ChaosPlan {
  const durationMilliseconds = minutes * 60_000;
  const draw = createDraw(`${seed}`);
  const keys: string[] = [];
  const moments = Array.from({ length: uploads }, () => draw() * durationMilliseconds * uploadShare);
  const plannedUploads = moments
    .sort((left, right) => left - right)
    .map((atMilliseconds, index): PlannedUpload => {
      const names = sourceNames[weighted(kinds, draw())];
      const sourceName = names[Math.floor(draw() * names.length)] ?? '';
      const taken = draw() < reuploads ? keys[Math.floor(draw() * keys.length)] : undefined;
      const key = taken ?? uploadKey(`chaos ${seed}/N° ${index + 1} + ${sourceName}`);
      if (taken === undefined) keys.push(key);
      return { atMilliseconds, key, sourceName };
    });
  const kills: PlannedKill[] = [];
  for (let at = gap(draw()); at < durationMilliseconds; at += gap(draw())) {
    kills.push({
      atMilliseconds: at,
      victim: weighted(victims, draw()),
      choice: draw(),
      downMilliseconds: draw() * maxDownMilliseconds,
    });
  }
  return { uploads: plannedUploads, kills };
}

/** From 0 to 1, 1 excluded; the same seed always draws the same. */
function createDraw(seed: string): () => number {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`${seed}/${count}`).digest().readUInt32BE() / 2 ** 32;
  };
}

/** Kills know nothing of each other: the gaps between them are exponential. */
function gap(draw: number): number {
  return -Math.log(1 - draw) * meanGapMilliseconds;
}

function weighted<Item>(choices: readonly (readonly [Item, number])[], draw: number): Item {
  let sum = 0;
  const chosen = choices.find(([, share]) => {
    sum += share;
    return draw < sum;
  });
  return (chosen ?? (choices[0] as readonly [Item, number]))[0];
}
