import type { UnitReport } from '@fyrestream/cloud';
import type { UnitPace } from '@fyrestream/events';

/** Collects how far the work on a unit is, and measures its speed. */
export interface ProgressMeter {
  /** From now on the work itself is measured; what came before, such as a download, is not. */
  begin(mediaSeconds: number | null): void;
  /** @param fraction from 0 to 1 */
  report(fraction: number): void;
  reportTrack(trackId: string, fraction: number): void;
  /** What is recorded in the middle of the work. */
  read(): UnitReport;
  /** Of the finished unit: the average speed. */
  end(): { readonly pace?: UnitPace };
}

interface ProgressMeterOptions {
  readonly now: () => number;
  /** What earlier owners of the unit reported: a record never falls below it. */
  readonly reported: UnitReport;
  /** Whether all workers of the job can read what is measured. */
  readonly isDetailed: boolean;
}

/** The speed is that of this time, as some scenes take longer than others. */
const windowMilliseconds = 60_000;

/** @param now in milliseconds since 1970 */
export function createProgressMeter({ now, reported, isDetailed }: ProgressMeterOptions): ProgressMeter {
  let fraction = 0;
  let media: number | null = null;
  let perSecond: number | null = null;
  let begun = now();
  let samples = [{ at: begun, fraction }];
  const tracks = new Map(Object.entries(reported.pace?.tracks ?? {}));
  const own = new Set<string>();
  const withPace = (pace: () => UnitPace) => (isDetailed ? { pace: pace() } : {});
  const measure = () => {
    samples.push({ at: now(), fraction });
    const oldest = samples.findLastIndex(({ at }) => now() - at >= windowMilliseconds);
    samples = samples.slice(Math.max(0, oldest));
    const [first = { at: begun, fraction: 0 }] = samples;
    const seconds = (now() - first.at) / 1_000;
    if (seconds > 0 && fraction > first.fraction) perSecond = (fraction - first.fraction) / seconds;
  };
  return {
    begin(mediaSeconds) {
      media = mediaSeconds;
      begun = now();
      samples = [{ at: begun, fraction }];
    },
    report(share) {
      fraction = between0And1(Math.max(fraction, share));
    },
    reportTrack(trackId, share) {
      own.add(trackId);
      tracks.set(trackId, between0And1(Math.max(tracks.get(trackId) ?? 0, share)));
    },
    read() {
      measure();
      return {
        progress: Math.max(fraction, reported.progress),
        ...withPace(() => ({
          speed: media === null || perSecond === null ? null : media * perSecond,
          etaSeconds: perSecond === null ? null : (1 - fraction) / perSecond,
          tracks: Object.fromEntries(tracks),
        })),
      };
    },
    end() {
      const seconds = (now() - begun) / 1_000;
      return withPace(() => ({
        speed: media === null || seconds <= 0 ? null : media / seconds,
        etaSeconds: 0,
        tracks: Object.fromEntries([...own].map((trackId) => [trackId, 1])),
      }));
    },
  };
}

function between0And1(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
