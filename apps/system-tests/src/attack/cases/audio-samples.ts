import type { AttackCase } from '../attack-case.ts';
import { floatWave } from '../build/riff.ts';

const tone = (index: number) => Math.sin(index / 5);

/** Samples that are no audio. Some files with them are honest: plug-ins of editors make them. */
export function audioSampleAttacks(): AttackCase[] {
  const attack = (name: string, sampleAt: (index: number) => number): AttackCase => ({
    name: `audio samples: ${name}`,
    extension: '.wav',
    make: () => floatWave(sampleAt),
    // The packager can report first that the encoder wrote nothing.
    outcomes: ['audio-not-finite', 'no-decodable-stream'],
  });
  return [
    attack('none is a number', () => Number.NaN),
    attack('each is infinite', (index) => (index % 2 === 0 ? Infinity : -Infinity)),
    attack('one of 500 is no number', (index) => (index % 500 === 0 ? Number.NaN : tone(index))),
    attack('values of 1e38', (index) => 3e38 * tone(index)),
  ];
}
