import { readFileSync } from 'node:fs';
import { MediaRefusal } from '@fyrestream/media';
import { inspectCpuSeconds, type ProcessLimits, processLimits } from './process-limits.ts';

/** The CPU time that all inspections of one source share. */
export interface InspectionBudget {
  /**
   * Runs one inspection, which may use what the ones before it left.
   * @param framePixels the pixels of the largest frame that it decodes
   * @throws MediaRefusal `media-too-costly` if nothing is left, or if the inspection uses it up
   */
  run<Result>(inspect: (limits: ProcessLimits) => Promise<Result>, framePixels?: number): Promise<Result>;
}

/** Linux counts in hundredths of a second on all its platforms. Source: sysconf(3), _SC_CLK_TCK */
const ticksPerSecond = 100;

/**
 * A limit for each process alone lets a file use it as often as it is inspected, which is at least once for each stream.
 * @param childCpuSeconds the CPU time of all children of this process that have ended
 */
export function createInspectionBudget(
  sourceBytes: number,
  childCpuSeconds: () => number = readChildCpuSeconds,
): InspectionBudget {
  const totalSeconds = inspectCpuSeconds(sourceBytes);
  const startSeconds = childCpuSeconds();
  const refusal = (cause?: unknown) =>
    new MediaRefusal('media-too-costly', `The limit is ${totalSeconds} s of CPU time.`, cause);
  return {
    run: async (inspect, framePixels = 0) => {
      // The limit of a process has whole seconds.
      const leftSeconds = Math.floor(totalSeconds - (childCpuSeconds() - startSeconds));
      if (leftSeconds < 1) throw refusal();
      try {
        return await inspect(
          processLimits('inspect', { sourceBytes, framePixels, cpuSecondsLeft: leftSeconds }),
        );
      } catch (error) {
        // It names what was left for the process.
        throw error instanceof MediaRefusal && error.code === 'media-too-costly' ? refusal(error) : error;
      }
    },
  };
}

/** Children that run at the same time count too, once they end. 0 where the system has no such file, which has no limits either. */
function readChildCpuSeconds(): number {
  try {
    const status = readFileSync('/proc/self/stat', 'latin1');
    // The name, in parentheses, may contain spaces. Source: proc_pid_stat(5): cutime and cstime are fields 16 and 17.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
  } catch {
    return 0;
  }
}
