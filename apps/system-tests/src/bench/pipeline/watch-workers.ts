import { listCloudChildProcesses } from '../../list-cloud-child-processes.ts';
import { readPeakMemoryBytes } from '../measure/process-tree.ts';

export interface WorkerWatch {
  readonly areRunning: () => boolean;
  /** @returns the largest resident memory of any worker's own process, without ffmpeg, in bytes */
  readonly stop: () => number;
}

/** Rare, because each look at all processes takes CPU time. */
const sampleMilliseconds = 500;

/** Watches the workers of a local cloud. The kernel keeps the peak, so only growth in a worker's last moment can be missed. */
export function watchWorkers(cloudPid: number): WorkerWatch {
  let peakBytes = 0;
  const timer = setInterval(() => {
    for (const { pid } of listWorkers(cloudPid)) peakBytes = Math.max(peakBytes, readPeakMemoryBytes(pid));
  }, sampleMilliseconds);
  return {
    areRunning: () => listWorkers(cloudPid).length > 0,
    stop: () => {
      clearInterval(timer);
      return peakBytes;
    },
  };
}

function listWorkers(cloudPid: number) {
  return listCloudChildProcesses(cloudPid).filter(({ role }) => role === 'worker');
}
