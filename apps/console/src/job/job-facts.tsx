import type { JobDetail } from '../api/views.ts';
import { KeyValues } from '../design/key-values.tsx';
import { formatBytes, formatCount, formatTaskSize } from '../format/quantities.ts';
import { formatSeconds, formatTime } from '../format/times.ts';
import { Section } from '../layout/section.tsx';
import { describeOptions, describeProfile } from './describe-making.ts';

export function JobFacts({ job }: { job: JobDetail }) {
  const { startedAt, finishedAt, workers } = job;
  return (
    <Section title="Job">
      <KeyValues
        entries={[
          ['Id', <code key="id">{job.jobId}</code>],
          ['Tenant', job.tenant],
          ['Profile', job.making && describeProfile(job.making)],
          ['Options', job.making && describeOptions(job.making)],
          ['Size of the source', formatBytes(job.sizeBytes)],
          ['Uploaded', formatTime(job.uploadedAt)],
          ['Started', startedAt && formatTime(startedAt)],
          ['Finished', finishedAt && describeFinish(job, finishedAt)],
          ['Attempt', describeAttempt(job)],
          ['Task', `${formatTaskSize(job.size)}, ${job.capacity}`],
          ['Workers', workers.running > 0 ? `${workers.running} of ${workers.wanted}` : null],
          ['Next attempt', job.nextAttemptAt && formatTime(job.nextAttemptAt)],
          ['Duration of the video', job.durationSeconds === null ? null : formatSeconds(job.durationSeconds)],
          ['Damage', job.damage],
          ['Version', job.versionId && <code key="version">{job.versionId}</code>],
          ['Deleted', job.isDeleted ? 'this upload, or a newer one of its name, was deleted' : null],
        ]}
      />
    </Section>
  );
}

function describeFinish({ startedAt }: JobDetail, finishedAt: string): string {
  const at = formatTime(finishedAt);
  if (startedAt === null) return at;
  return `${at}, after ${formatSeconds((Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000)}`;
}

function describeAttempt({ attempt, failureCount, interruptionCount }: JobDetail): string | null {
  if (attempt === 0) return null;
  const before = [
    ...(failureCount === 0 ? [] : [formatCount(failureCount, 'failure')]),
    ...(interruptionCount === 0 ? [] : [formatCount(interruptionCount, 'interruption')]),
  ];
  return before.length === 0 ? String(attempt) : `${attempt}, after ${before.join(' and ')}`;
}
