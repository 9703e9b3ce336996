import { type JobRecord, type Reason, reasonFrom } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import { errorMessage } from '../describe-error.ts';
import type { LocalFile } from '../files/local-file.ts';
import type { ProgressDisplay } from '../progress/progress-display.ts';
import { followJob } from './follow-job.ts';
import { uploadFile } from './upload-file.ts';

/** The result of one file. */
export interface UploadOutcome {
  readonly file: LocalFile;
  /** Null where the upload itself failed. */
  readonly jobId: string | null;
  /** Null without `wait`, where the job did not appear, or where the upload failed. */
  readonly job: JobRecord | null;
  readonly uploadSeconds: number;
  /** Why the upload failed, or why the job was not followed to its end. */
  readonly failure: Reason | null;
}

/** The share of the upload in the progress of a file that is uploaded and processed. */
const uploadShare = 0.2;

/**
 * Uploads files in sequence, which already uses the whole bandwidth, and follows the jobs of earlier files meanwhile.
 * A failed upload does not stop the others.
 * @param options with the metadata of all objects, which say how they are made
 * @returns one promise per file, in the order of the files; each resolves when its outcome is known
 */
export async function uploadFiles(
  stack: Stack,
  files: readonly LocalFile[],
  options: {
    metadata?: Readonly<Record<string, string>>;
    wait: boolean;
    display: ProgressDisplay;
    signal: AbortSignal;
  },
): Promise<Promise<UploadOutcome>[]> {
  const { display, signal, metadata = {} } = options;
  const outcomes: Promise<UploadOutcome>[] = [];
  // All are shown from the start, so that the display can count those that are not uploaded yet.
  const added = files.map((file) => ({
    file,
    report: display.add(file.name, { uploadShare: options.wait ? uploadShare : 1 }),
  }));
  for (const { file, report } of added) {
    signal.throwIfAborted();
    const follow = async (jobId: string) => (options.wait ? followJob(stack, jobId, report, signal) : null);
    try {
      const sent = await uploadFile(stack, file, { metadata, onProgress: report, signal });
      report({ phase: 'uploaded', fraction: 0 });
      const outcome = follow(sent.jobId).then(
        (job) => ({ file, ...sent, job, failure: null }),
        (error) => {
          signal.throwIfAborted();
          return { file, ...sent, job: null, failure: failureOf(error) };
        },
      );
      // The caller handles the rejection later; until then Node must not report it as unhandled.
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

/** The reason, with the message that is printed for a person. */
function failureOf(error: unknown): Reason {
  const reason = reasonFrom(error);
  return { ...reason, message: errorMessage(error) ?? reason.message };
}
