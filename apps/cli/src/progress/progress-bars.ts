import cliProgress from 'cli-progress';
import { describeQueue } from './job-progress.ts';
import type { ProgressDisplay } from './progress-display.ts';

const nameColumns = 32;
const phaseColumns = 11;

/** One bar per file on standard error, redrawn in place. The bar restarts after the upload. */
export function createProgressBars(): ProgressDisplay {
  const bars = new cliProgress.MultiBar({
    stream: process.stderr,
    format: '{name} {bar} {percentage}% {phase}',
    barCompleteChar: '━',
    barIncompleteChar: ' ',
    barsize: 24,
    // Its own signal handlers would stop signals from ending the process.
    gracefulExit: false,
  });
  return {
    add: (name) => {
      const bar = bars.create(1, 0, { name: fitToColumn(name), phase: ' '.repeat(phaseColumns) });
      let shown: { phase: string; fraction: number } = { phase: '', fraction: 0 };
      return ({ phase, fraction, queue = null }) => {
        const isUpload = phase === 'uploading';
        const continues = (shown.phase === 'uploading') === isUpload;
        shown = { phase, fraction: continues ? Math.max(shown.fraction, fraction) : fraction };
        const text = queue === null ? phase : `${phase}, ${describeQueue(queue)}`;
        bar.update(shown.fraction, { phase: text.padEnd(phaseColumns) });
      };
    },
    stop: () => {
      // A second stop would draw the bars again.
      if (bars.isActive) bars.stop();
    },
  };
}

function fitToColumn(name: string): string {
  const letters = [...name];
  if (letters.length <= nameColumns) return name.padEnd(nameColumns);
  return `${letters.slice(0, nameColumns - 1).join('')}…`;
}
