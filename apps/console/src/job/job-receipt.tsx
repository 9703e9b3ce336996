import type { JobDetail } from '../api/views.ts';
import { KeyValues } from '../design/key-values.tsx';
import { formatCount, formatDollars, formatFraction } from '../format/quantities.ts';
import { formatSeconds } from '../format/times.ts';
import { Section } from '../layout/section.tsx';

/** What a job really cost, beside what was estimated. Nothing for a job that has neither, as one that is refused at its inspection. */
export function JobReceipt({ job: { cost, costEstimateUsd } }: { job: JobDetail }) {
  if (costEstimateUsd === null && (cost === null || cost.tasks === 0)) return null;
  const estimate = costEstimateUsd === null ? null : formatDollars(costEstimateUsd);
  return (
    <Section title="Cost">
      <KeyValues
        entries={[
          ['Estimated', estimate],
          ...(cost === null || cost.tasks === 0
            ? []
            : [
                [cost.isFinal ? 'Cost' : 'Cost so far', formatDollars(cost.totalUsd)] as const,
                ['Compute', formatDollars(cost.computeUsd)] as const,
                ['Requests', formatDollars(cost.requestsUsd)] as const,
                ['Storage', `${formatDollars(cost.storageUsdPerMonth)} a month`] as const,
                ['Tasks', describeTasks(cost)] as const,
              ]),
        ]}
      />
    </Section>
  );
}

/** `2 tasks, 3m 4s, 100% on Spot` */
function describeTasks({ tasks, taskSeconds, spotSeconds }: NonNullable<JobDetail['cost']>): string {
  const spot = taskSeconds === 0 ? 0 : spotSeconds / taskSeconds;
  return `${formatCount(tasks, 'task')}, ${formatSeconds(taskSeconds)}, ${formatFraction(spot)} on Spot`;
}
