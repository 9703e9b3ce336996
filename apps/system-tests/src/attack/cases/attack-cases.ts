import type { AttackCase } from '../attack-case.ts';
import type { TracedCloud } from '../start-traced-cloud.ts';
import { audioSampleAttacks } from './audio-samples.ts';
import { evilNameAttacks } from './evil-names.ts';
import { foreignFileAttacks } from './foreign-files.ts';
import { garbageAttacks } from './garbage.ts';
import { inspectionCostAttacks } from './inspection-costs.ts';
import { longRunAttacks } from './long-runs.ts';
import { lookBreakerAttacks } from './look-breakers.ts';
import { memoryAttacks } from './memory.ts';
import { subtitleTextAttacks } from './subtitle-texts.ts';

/** Every attack, against one cloud. */
export function attackCases({
  secretPath,
  decoyUrl,
}: Pick<TracedCloud, 'secretPath' | 'decoyUrl'>): AttackCase[] {
  return [
    ...foreignFileAttacks(secretPath, decoyUrl),
    ...evilNameAttacks(),
    ...longRunAttacks(),
    ...memoryAttacks(),
    ...inspectionCostAttacks(),
    ...audioSampleAttacks(),
    ...subtitleTextAttacks(),
    ...lookBreakerAttacks(),
    ...garbageAttacks(),
  ];
}
