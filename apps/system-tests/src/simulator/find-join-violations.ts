import { audioUnitId, versionPrefix, wholeVideoUnitId } from '@fyrestream/events';
import type { Violation } from '../violations/violation.ts';
import type { ScheduleRecord } from './schedule-record.ts';
import { outputBucket, type SimulatedPipeline } from './simulated-pipeline.ts';
import type { CertifiedUnits } from './simulated-units.ts';

/** A version is joined from every unit of its plan, once, as the ledger names the winners. */
export function findJoinViolations(
  { jobs, units }: ScheduleRecord,
  { buckets }: SimulatedPipeline,
): Violation[] {
  return [...jobs.values()].flatMap(({ jobId, status, publication }): Violation[] => {
    if (status !== 'succeeded' || publication === null) return [];
    const key = `${versionPrefix(jobId, publication.token)}certificate.json`;
    const body = buckets.find({ bucket: outputBucket, key })?.body;
    if (body === undefined) return [];
    const certified = JSON.parse(body) as CertifiedUnits;
    const recordOf = (unitId: string) => units.get(`${jobId} ${unitId}`);
    const isInexact = certified.unitIds.some((unitId) => recordOf(unitId)?.isInexact);
    const unitIds = isInexact ? [audioUnitId, wholeVideoUnitId] : certified.unitIds;
    const winners = unitIds.map((unitId) => ({ unitId, token: recordOf(unitId)?.token }));
    const problems = [
      ...(JSON.stringify(certified.units) === JSON.stringify(winners)
        ? []
        : ['other units than the winners']),
      ...(certified.marks.every((mark) => mark === certified.mark) ? [] : ['units of another plan']),
    ];
    return problems.map((problem) => ({
      kind: 'mixed',
      message: `job ${jobId} was joined from ${problem}`,
      jobId,
    }));
  });
}
