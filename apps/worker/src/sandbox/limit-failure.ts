import { FyrestreamError } from '@fyrestream/events';
import { MediaRefusal } from '@fyrestream/media';
import type { ProcessLimits } from './process-limits.ts';

/** How a process of the sandbox ended. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/**
 * ffmpeg handles SIGXCPU like SIGTERM: it ends with 255, at the fourth signal with 123. The worker's own SIGTERM is
 * reported as the reason for which it was sent, so another 255 is SIGXCPU, or EPERM in ffmpeg 7.
 */
const signalExitCodes = new Set<number | null>([255, 123]);
const noPermissionMessage = /Operation not permitted/;
/** The last lines name the cause; earlier ones may be about a damaged packet. */
const memoryMessage = /Cannot allocate memory|malloc of size \d+ failed|std::bad_alloc/;
const fileSizeMessage = /File too large/;

/** The final refusal of a file that made a process reach one of its limits; null if it ended for another reason. */
export function limitFailure(
  { exitCode, signal, stderr }: ProcessEnd,
  limits: ProcessLimits,
): MediaRefusal | null {
  if (exitCode === 0) return null;
  const lastLines = stderr.trim().split('\n').slice(-6).join('\n');
  const isEndedBySignal = signalExitCodes.has(exitCode) && !noPermissionMessage.test(lastLines);
  if (signal === 'SIGXCPU' || isEndedBySignal)
    return new MediaRefusal('media-too-costly', `The limit is ${limits.cpuSeconds} s of CPU time.`);
  if (signal === 'SIGXFSZ' || fileSizeMessage.test(lastLines))
    return new MediaRefusal('media-writes-too-much', `The limit is ${limits.fileBytes} bytes.`);
  if (memoryMessage.test(lastLines))
    return new MediaRefusal(
      'media-needs-too-much-memory',
      `The limit is ${inMebibytes(limits.dataBytes)} MiB.`,
    );
  return null;
}

/** CPU time has its own limit, so a process that reaches this one waited: another attempt may not. */
export function wallTimeFailure(program: string, wallSeconds: number): FyrestreamError {
  return new FyrestreamError({
    code: `${program}-timeout`,
    message: `${program} did not end within ${wallSeconds} seconds.`,
    retryable: true,
  });
}

function inMebibytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}
