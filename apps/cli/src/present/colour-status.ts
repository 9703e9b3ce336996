import type { JobStatus } from '@fyrestream/events';
import type { Colour, Terminal } from '../terminal.ts';

const colours: Record<JobStatus, Colour> = {
  queued: 'dim',
  running: 'cyan',
  succeeded: 'green',
  failed: 'red',
  held: 'yellow',
  cancelled: 'yellow',
};

export function colourStatus(status: JobStatus, terminal: Pick<Terminal, 'colour'>): string {
  return terminal.colour(colours[status], status);
}
