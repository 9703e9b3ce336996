import type { TerminalScreen } from '../terminal-screen.ts';
import { drawProgress } from './draw-progress.ts';
import { type FileProgress, newFileProgress, updateFileProgress } from './file-progress.ts';
import type { ProgressDisplay } from './progress-display.ts';

const redrawMilliseconds = 100;

/** A line per file, redrawn in place also while nothing is reported: spinners and times show that the command is alive. */
export function createProgressScreen(screen: TerminalScreen): ProgressDisplay {
  const files: FileProgress[] = [];
  let redraw: NodeJS.Timeout | undefined;
  let isStopped = false;
  return {
    add: (name, { uploadShare = 0, startedAt } = {}) => {
      const index = files.push(newFileProgress(name, { uploadShare, startedAt })) - 1;
      redraw ??= setInterval(
        () => screen.draw(drawProgress(files, screen.size(), Date.now())),
        redrawMilliseconds,
      );
      return (progress) => {
        const file = files[index];
        if (file !== undefined && !isStopped) files[index] = updateFileProgress(file, progress, Date.now());
      };
    },
    stop: () => {
      isStopped = true;
      clearInterval(redraw);
      screen.clear();
    },
  };
}
