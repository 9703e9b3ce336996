import { type JobRecord, type Reason, reasonFrom } from '@fyrestream/events';
import { sentenceOf } from '../describe-failure.ts';
import type { LocalFile } from '../files/local-file.ts';
import type { ProgressDisplay } from '../progress/progress-display.ts';
import type { Stack } from '../stack/stack.ts';
import { followJob } from './follow-job.ts';
import { uploadFile } from './upload-file.ts';

/** What became of a file. */
export interface UploadOutcome {
  readonly file: LocalFile;
  /** Null where the upload itself failed. */
  readonly jobId: string | null;
  /** Null where nobody waited for it, or it was not seen, or nothing was uploaded. */
  readonly job: JobRecord | null;
  readonly uploadSeconds: number;
  /** Why the upload failed, or was not followed to its end. */
  readonly failure: Reason | null;
}

/**
 * Uploads files one after the other, which is as fast as the line is, while the jobs of those before are followed.
 * An upload that fails does not keep the others from theirs.
 * @returns one outcome per file, in their order, each as soon as it is known
 */
export async function uploadFiles(
  stack: Stack,
  files: readonly LocalFile[],
  options: { wait: boolean; display: ProgressDisplay; signal: AbortSignal },
): Promise<Promise<UploadOutcome>[]> {
  const { display, signal } = options;
  const outcomes: Promise<UploadOutcome>[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    const report = display.add(file.name);
    const follow = async (jobId: string) => (options.wait ? followJob(stack, jobId, report, signal) : null);
    try {
      const sent = await uploadFile(stack, file, report, signal);
      report({ phase: 'uploaded', fraction: 0 });
      const outcome = follow(sent.jobId).then(
        (job) => ({ file, ...sent, job, failure: null }),
        (error) => {
          signal.throwIfAborted();
          return { file, ...sent, job: null, failure: failureOf(error) };
        },
      );
      // Whoever awaits it hears of its failure; until then it is not unhandled.
      outcome.catch(() => {});
      outcomes.push(outcome);
    } catch (error) {
      signal.throwIfAborted();
      report({ phase: 'failed', fraction: 0 });
      const nothing = { jobId: null, job: null, uploadSeconds: 0 };
      outcomes.push(Promise.resolve({ file, ...nothing, failure: failureOf(error) }));
    }
  }
  return outcomes;
}

/** A reason whose message is the sentence that a person would be told. */
function failureOf(error: unknown): Reason {
  const reason = reasonFrom(error);
  return { ...reason, message: sentenceOf(error) ?? reason.message };
}
