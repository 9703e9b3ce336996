import type { Finding } from '../doctor/finding.ts';
import type { Colour, Terminal } from '../terminal.ts';
import { facts } from './table.ts';

const marks: Record<Finding['verdict'], readonly [string, Colour]> = {
  well: ['✓', 'green'],
  wrong: ['✗', 'red'],
  unknown: ['–', 'dim'],
};

/** One line per finding. */
export function findingsTable(findings: readonly Finding[], terminal: Pick<Terminal, 'colour'>): string {
  return facts(
    findings.map(({ about, verdict, message }) => {
      const [mark, colour] = marks[verdict];
      return [terminal.colour(colour, `${mark} ${about}`), message];
    }),
  );
}
