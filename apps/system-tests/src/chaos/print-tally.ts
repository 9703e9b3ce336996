import type { Judgement, Outcome } from './judge.ts';
import type { ChaosObservations } from './observations.ts';
import type { ChaosPlan } from './plan-chaos.ts';
import type { Chaos } from './run-chaos.ts';

const outcomes: readonly Outcome[] = ['succeeded', 'refused', 'superseded', 'killed', 'wrong'];

/** The closing tables: what died, what became of each kind of upload, what must not be. */
export function printTally(
  { kills }: ChaosPlan,
  { deaths }: Chaos,
  { versions, jobs }: ChaosObservations,
  { outcomes: outcomeOf, violations }: Judgement,
): void {
  console.table(
    Object.fromEntries(
      [...deaths].map(([victim, killed]) => [
        victim,
        { killed, 'none to kill': kills.filter((kill) => kill.victim === victim).length - killed },
      ]),
    ),
  );
  const all = [...versions.values()].flat();
  const rowOf = (kind: string) => {
    const ofKind = all.filter((version) => kind === 'all' || version.kind === kind);
    const counts = outcomes.map((outcome) => [
      outcome === 'killed' ? 'killed 3 times' : outcome,
      ofKind.filter((version) => outcomeOf.get(version) === outcome).length,
    ]);
    return { uploads: ofKind.length, ...Object.fromEntries(counts) };
  };
  console.table(Object.fromEntries(['video', 'audio', 'text', 'all'].map((kind) => [kind, rowOf(kind)])));
  const sum = (of: 'attempt' | 'failureCount' | 'interruptionCount') =>
    [...jobs.values()].reduce((total, job) => total + job[of], 0);
  console.log(
    `${all.length} versions of ${versions.size} uploads took ${sum('attempt')} attempts; ` +
      `${sum('failureCount')} failed and ${sum('interruptionCount')} were interrupted.`,
  );
  for (const violation of violations) console.log(violation);
  console.log(
    violations.length === 0 ? 'None lost, none doubled, none stuck.' : `${violations.length} violations.`,
  );
}
