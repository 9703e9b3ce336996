import { findViolations } from '../violations/find-violations.ts';
import type { Observations } from '../violations/observations.ts';
import type { Violation } from '../violations/violation.ts';
import type { ChaosRun } from './chaos-run.ts';

/** Applies the shared rules; every version that S3 acknowledged must also still be there. */
export function findChaosViolations(
  observations: Observations,
  { acknowledged }: Pick<ChaosRun, 'acknowledged'>,
): Violation[] {
  const all = [...observations.versions.values()].flat();
  const stored = new Set(all.map(({ key, versionId }) => `${key} ${versionId}`));
  const missing = acknowledged
    .filter(({ key, versionId }) => !stored.has(`${key} ${versionId}`))
    .map(({ key, versionId }): Violation => {
      const message = `${key}: S3 acknowledged version ${versionId} and no longer has it`;
      return { kind: 'lost', message };
    });
  return [...findViolations(observations), ...missing];
}
