import type { JobLog as Log } from '../api/views.ts';
import { Button } from '../design/button.tsx';
import { Failure } from '../design/failure.tsx';
import { formatClock } from '../format/times.ts';
import { Section } from '../layout/section.tsx';
import './job-log.css';
import { parseLogEntry } from './log-entry.ts';
import { useJobLog } from './use-job-log.ts';

/** What all parts logged about a job. */
export function JobLog({ jobId }: { jobId: string }) {
  const { data, error, isFetching, refetch } = useJobLog(jobId);
  return (
    <Section
      title="Log"
      actions={
        <Button isDisabled={isFetching} onPress={() => refetch()}>
          {data ? 'Read again' : 'Show the log'}
        </Button>
      }
    >
      {error && <Failure error={error} />}
      {data && <LogLines log={data} />}
    </Section>
  );
}

function LogLines({ log: { lines, isComplete } }: { log: Log }) {
  if (lines.length === 0) return <p className="quiet">No part has logged anything about this job.</p>;
  return (
    <>
      {!isComplete && <p className="quiet">Only the last lines are shown.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className="job-log" aria-label="Lines of the log" tabIndex={0}>
        <ol>
          {lines.map(({ part, time, text }, index) => {
            const { level, message, fields } = parseLogEntry(text);
            return (
              <li key={index} data-level={level}>
                <time dateTime={time}>{formatClock(time)}</time>
                <span className="job-log-part">{part}</span>
                <span className="job-log-text">
                  {message} <span className="job-log-fields">{fields}</span>
                </span>
              </li>
            );
          })}
        </ol>
      </section>
    </>
  );
}
