import { formatDuration } from './format-duration.ts';
import type { StepTime } from './job-steps.ts';
import { table } from './table.ts';

export function stepsTable(steps: readonly StepTime[]): string {
  const rows = steps.map(({ name, seconds }) => [name, formatDuration(seconds)]);
  return table(['STEP', 'TOOK'], rows, ['left', 'right']);
}
