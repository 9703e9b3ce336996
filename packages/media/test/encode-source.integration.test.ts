import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLadderConfig, type LadderConfig } from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeSource } from './encode-source.ts';
import { expectOutput } from './expect-output.ts';
import { changingFixtures } from './fixtures/changing-fixtures.ts';
import { colourFixtures, refusedFixtures } from './fixtures/colour-fixtures.ts';
import { containerFixtures } from './fixtures/container-fixtures.ts';
import { geometryFixtures } from './fixtures/geometry-fixtures.ts';
import { interlaceFixtures } from './fixtures/interlace-fixtures.ts';
import { makeSource } from './fixtures/make-source.ts';
import { rateFixtures } from './fixtures/rate-fixtures.ts';
import { streamFixtures } from './fixtures/stream-fixtures.ts';
import { timingFixtures } from './fixtures/timing-fixtures.ts';

/**
 * Real ffmpeg from source to renditions: each rendition is decoded completely, and its flash must be at the time of the
 * beep. Does not test playback or long sources; segments and playlists have tests of their own.
 */
const groups = {
  geometry: geometryFixtures,
  changing: changingFixtures,
  timing: timingFixtures,
  rate: rateFixtures,
  colour: colourFixtures,
  scan: interlaceFixtures,
  streams: streamFixtures,
  containers: containerFixtures,
};

/** The fastest preset that still uses all tools of the High profile. */
const fastPreset: LadderConfig = {
  ...defaultLadderConfig,
  ladders: defaultLadderConfig.ladders.map((ladder) =>
    ladder.codec === 'h264' ? { ...ladder, speed: 'superfast' } : ladder,
  ),
};

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-media-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe.concurrent.each(Object.entries(groups))('%s', (_, fixtures) => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
    const source = await makeSource(fixture, directory);
    const encoded = await encodeSource(source.path, source.directory, fastPreset);
    await expectOutput({ ...encoded, sourcePath: source.path }, fixture.expected);
    await rm(source.directory, { recursive: true });
  });
});

describe.concurrent('refused', () => {
  it.each(refusedFixtures.map((fixture) => [fixture.name, fixture] as const))(
    '%s',
    async (_name, fixture) => {
      const source = await makeSource(fixture, directory);
      const encoding = encodeSource(source.path, source.directory, fastPreset);
      await expect(encoding).rejects.toMatchObject({ code: fixture.code });
    },
  );
});
