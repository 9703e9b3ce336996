import type { UnitRecord } from '../unit-record.ts';

/** What the owner of a unit measured, where it works on it now. */
export interface MeasuredPace {
  readonly speed: number | null;
  /** From `at` on. */
  readonly etaSeconds: number | null;
  /** The share of the unit that is done in a second. */
  readonly fractionPerSecond: number;
}

const minSeconds = 0.001;

/** @returns null where nobody works on the unit, or its owner has reported nothing yet */
export function measuredPace(unit: UnitRecord, at: string): MeasuredPace | null {
  const { state, pace, claimedAt, updatedAt, progress } = unit;
  // Until the first report the record has what the owner before has measured.
  if (state !== 'claimed' || pace === undefined || updatedAt === claimedAt) return null;
  const { speed, etaSeconds: reported } = pace;
  if (reported === null) return { speed, etaSeconds: null, fractionPerSecond: 0 };
  const ageSeconds = (Date.parse(at) - Date.parse(updatedAt)) / 1_000;
  return {
    speed,
    etaSeconds: Math.max(0, reported - Math.max(0, ageSeconds)),
    // An end that is due at once says nothing about the pace.
    fractionPerSecond: reported > minSeconds ? (1 - progress) / reported : 0,
  };
}

/** The seconds that a share of a unit takes; null where nothing moves. */
export function secondsFor(remaining: number, fractionPerSecond: number): number | null {
  const seconds = remaining / fractionPerSecond;
  return Number.isFinite(seconds) ? seconds : null;
}
