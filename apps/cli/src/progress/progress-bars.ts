import cliProgress from 'cli-progress';
import type { ProgressDisplay } from './progress-display.ts';

const nameColumns = 32;
const phaseColumns = 11;

/** One bar per file on standard error, redrawn in place. A new phase starts its bar again. */
export function createProgressBars(): ProgressDisplay {
  const bars = new cliProgress.MultiBar({
    stream: process.stderr,
    format: '{name} {bar} {percentage}% {phase}',
    barCompleteChar: '━',
    barIncompleteChar: ' ',
    barsize: 24,
    // Its own handling of signals would keep the process from ending by them.
    gracefulExit: false,
  });
  return {
    add: (name) => {
      const bar = bars.create(1, 0, { name: fitted(name), phase: ' '.repeat(phaseColumns) });
      let shown: { phase: string; fraction: number } = { phase: '', fraction: 0 };
      return ({ phase, fraction }) => {
        const isUpload = phase === 'uploading';
        const goesOn = (shown.phase === 'uploading') === isUpload;
        shown = { phase, fraction: goesOn ? Math.max(shown.fraction, fraction) : fraction };
        bar.update(shown.fraction, { phase: phase.padEnd(phaseColumns) });
      };
    },
    stop: () => {
      // Stopped again they would draw themselves once more.
      if (bars.isActive) bars.stop();
    },
  };
}

function fitted(name: string): string {
  const letters = [...name];
  if (letters.length <= nameColumns) return name.padEnd(nameColumns);
  return `${letters.slice(0, nameColumns - 1).join('')}…`;
}
