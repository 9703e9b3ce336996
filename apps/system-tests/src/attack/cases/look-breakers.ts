import { hostileMedia } from '@fyrestream/invoker/test/hostile-media';
import type { AttackCase } from '../attack-case.ts';

/** Files on which the library that the invoker inspects uploads with throws, loops or uses all memory. */
const outcomes: Readonly<Record<string, string[]>> = {
  'nested-metadata.flv': ['unreadable-media'],
  'tracks-3000.mkv': ['too-many-streams'],
  'tags-200000.mkv': ['metadata-too-large'],
  'streams-5000.ogg': ['unreadable-media'],
  'duration-1e300.mkv': ['unreadable-media'],
  'compressed-header.mov': ['movie-header-too-large'],
};

export function lookBreakerAttacks(): AttackCase[] {
  return Object.entries(hostileMedia).map(([name, make]) => ({
    name: `inspection: ${name}`,
    extension: name.slice(name.indexOf('.')),
    make,
    outcomes: outcomes[name] ?? [],
  }));
}
