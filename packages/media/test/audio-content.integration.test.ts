import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plannedRenditions } from '../src/index.ts';
import { encodeSource } from './encode-source.ts';
import { type AudioFixture, audioFixtures, tones } from './fixtures/audio-fixtures.ts';
import { makeSource } from './fixtures/make-source.ts';
import { inspectOutput } from './inspect-output.ts';
import { type Tones, toneLevels } from './tone-levels.ts';

/**
 * Real ffmpeg from source to encoded tracks: which tone is in which channel, and at which level. Tones stand for speech
 * and music; the tests do not assess audio quality.
 */

/** Tolerance for lossy codecs and resampling: 0.8 dB. */
const levelTolerance = 0.1;
const inaudible = 0.02;

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-audio-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe.concurrent.each(Object.entries(audioFixtures))('%s', (_, fixtures) => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
    const source = await makeSource(fixture, directory);
    const { plan, pathOf } = await encodeSource(source.path, source.directory);
    expect(plan.audio).toMatchObject(
      fixture.tracks.map(({ heard: _heard, ...labels }, index) => ({ ...labels, isDefault: index === 0 })),
    );
    if (fixture.leftOut) expect(plan.leftOut.map(({ why }) => why).join('; ')).toContain(fixture.leftOut);
    for (const [index, track] of fixture.tracks.entries())
      await expectTrack(pathOf(`audio-${index + 1}`), track);
    if (fixture.videoFrames) {
      const [largest] = plannedRenditions(plan);
      expect((await inspectOutput(pathOf(largest?.id ?? ''))).times).toHaveLength(fixture.videoFrames);
    }
    await rm(source.directory, { recursive: true });
  });
});

async function expectTrack(path: string, { heard }: AudioFixture['tracks'][number]): Promise<void> {
  for (const { at, left, right } of heard) {
    const measured = await toneLevels(path, tones, at);
    expectTones(measured.left, left, `left, ${at.join(' to ')} s`);
    expectTones(measured.right, right, `right, ${at.join(' to ')} s`);
    expect(measured.peak, 'peak').toBeLessThanOrEqual(1);
  }
}

function expectTones(measured: Tones, expected: Tones, where: string): void {
  for (const frequency of tones) {
    const [level = 0, due = 0] = [measured[frequency], expected[frequency]];
    const slack = due === 0 ? inaudible : due * levelTolerance;
    expect(Math.abs(level - due), `${frequency} Hz ${where}: ${level} for ${due}`).toBeLessThanOrEqual(slack);
  }
}
