import { formatDuration } from './format-duration.ts';
import type { JobStep } from './job-steps.ts';
import { table } from './table.ts';

export function stepsTable(steps: readonly JobStep[]): string {
  const rows = steps.map(({ name, seconds }) => [name, formatDuration(seconds)]);
  return table(['STEP', 'TOOK'], rows, ['left', 'right']);
}
