import { createHash } from 'node:crypto';
import { uploadKey } from '@fyrestream/events';
import type { FaultKind } from '../faults/fault-state.ts';
import { type SourceContent, sourceNames } from './make-source-files.ts';

export type KillTarget = 'worker' | 'function' | 'cloud';

export interface PlannedUpload {
  readonly atMilliseconds: number;
  readonly key: string;
  readonly sourceName: string;
}

export interface PlannedKill {
  readonly atMilliseconds: number;
  readonly target: KillTarget;
  /** Selects one of the processes that run then, from 0 to 1. */
  readonly choice: number;
  /** How long the cloud stays down, if it is the target. */
  readonly downMilliseconds: number;
}

export interface PlannedFault {
  readonly atMilliseconds: number;
  readonly kind: FaultKind;
  /** How long it lasts at least. */
  readonly durationMilliseconds: number;
  /** How far clocks jump, if that is the kind. */
  readonly clockOffsetMilliseconds: number;
}

export interface ChaosSettings {
  readonly seed: number;
  readonly uploads: number;
  readonly minutes: number;
}

export interface ChaosPlan {
  readonly uploads: readonly PlannedUpload[];
  readonly kills: readonly PlannedKill[];
  readonly faults: readonly PlannedFault[];
}

const contents: readonly (readonly [SourceContent, number])[] = [
  ['video', 0.66],
  ['audio', 0.16],
  ['text', 0.18],
];
/** Few kills of workers: a job whose workers are killed three times may fail. */
const targets: readonly (readonly [KillTarget, number])[] = [
  ['function', 0.55],
  ['worker', 0.27],
  ['cloud', 0.18],
];
/** The share of uploads that replace an earlier one. */
const replacementShare = 0.2;
/** Uploads end after this share of the time, so that the last ones meet kills too. */
const uploadShare = 0.85;
const meanGapMilliseconds = 4_000;
const maxDownMilliseconds = 2_500;
const faultKinds: readonly FaultKind[] = ['disk-full', 'clock-jump'];
/** Of each kind, per minute; at least one. */
const faultsPerMinute = 1;
const faultMilliseconds = { min: 3_000, max: 8_000 };
/** Shorter than the time for which replaced versions are kept. */
const jumpDays = { min: 1, max: 3 };
const millisecondsPerDay = 86_400_000;

/** Draws all uploads, kills and faults before the run starts; the same seed gives the same plan. */
export function planChaos({ seed, uploads, minutes }: ChaosSettings): ChaosPlan {
  const durationMilliseconds = minutes * 60_000;
  const draw = createDraw(`${seed}`);
  const keys: string[] = [];
  const moments = Array.from({ length: uploads }, () => draw() * durationMilliseconds * uploadShare);
  const plannedUploads = moments
    .sort((left, right) => left - right)
    .map((atMilliseconds, index): PlannedUpload => {
      const names = sourceNames[weighted(contents, draw())];
      const sourceName = names[Math.floor(draw() * names.length)] ?? '';
      const replaced = draw() < replacementShare ? keys[Math.floor(draw() * keys.length)] : undefined;
      const key = replaced ?? uploadKey(`chaos ${seed}/N° ${index + 1} + ${sourceName}`);
      if (replaced === undefined) keys.push(key);
      return { atMilliseconds, key, sourceName };
    });
  const kills: PlannedKill[] = [];
  for (let at = gap(draw()); at < durationMilliseconds; at += gap(draw())) {
    kills.push({
      atMilliseconds: at,
      target: weighted(targets, draw()),
      choice: draw(),
      downMilliseconds: draw() * maxDownMilliseconds,
    });
  }
  const faults = faultKinds.flatMap((kind) =>
    Array.from({ length: Math.max(1, Math.round(minutes * faultsPerMinute)) }, (): PlannedFault => {
      const days = between(jumpDays, draw()) * (draw() < 0.5 ? -1 : 1);
      return {
        kind,
        atMilliseconds: draw() * durationMilliseconds * uploadShare,
        durationMilliseconds: between(faultMilliseconds, draw()),
        clockOffsetMilliseconds: Math.round(days * millisecondsPerDay),
      };
    }),
  );
  return { uploads: plannedUploads, kills, faults };
}

function between({ min, max }: { min: number; max: number }, draw: number): number {
  return min + (max - min) * draw;
}

/** Numbers from 0 to 1, 1 excluded; the same seed gives the same numbers. */
function createDraw(seed: string): () => number {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`${seed}/${count}`).digest().readUInt32BE() / 2 ** 32;
  };
}

/** Milliseconds until the next kill, exponentially distributed. */
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
