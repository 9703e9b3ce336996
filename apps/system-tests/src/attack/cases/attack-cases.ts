import type { AttackCase } from '../attack-case.ts';
import type { TracedCloud } from '../start-traced-cloud.ts';
import { foreignFileAttacks } from './foreign-files.ts';

/** Every attack, against one cloud. */
export function attackCases({
  secretPath,
  decoyUrl,
}: Pick<TracedCloud, 'secretPath' | 'decoyUrl'>): AttackCase[] {
  return [...foreignFileAttacks(secretPath, decoyUrl)];
}
