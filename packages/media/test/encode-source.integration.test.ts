import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plannedRenditions } from '../src/index.ts';
import { encodeSource, makeSource } from './encode-source.ts';
import { colourFixtures } from './fixtures/colour-fixtures.ts';
import { geometryFixtures } from './fixtures/geometry-fixtures.ts';
import { cornerColours, type ExpectedOutput, upright } from './fixtures/source-fixture.ts';
import { streamFixtures } from './fixtures/stream-fixtures.ts';
import { timingFixtures } from './fixtures/timing-fixtures.ts';
import { inspectOutput, leadingSilence, quarterColours } from './inspect-output.ts';

/**
 * Real ffmpeg from source to renditions. Does not prove that players show them, nor anything about long
 * sources; segments and playlists are the packager's tests.
 */
const groups = {
  geometry: geometryFixtures,
  timing: timingFixtures,
  colour: colourFixtures,
  streams: streamFixtures,
};

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-media-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe.each(Object.entries(groups))('%s', (_, fixtures) => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
    const { plan, pathOf } = await encodeSource(await makeSource(fixture, directory), directory);
    const { expected } = fixture;
    const renditions = plannedRenditions(plan);
    expect(plan.video === null).toBe(expected.size === null);
    if (expected.rungs)
      expect(renditions.map(({ width, height }) => Math.min(width, height))).toEqual(expected.rungs);
    if (expected.size) expect(renditions[0]).toMatchObject(expected.size);
    for (const { id, width, height } of renditions) {
      await expectPicture(pathOf(id), { ...expected, size: { width, height } });
    }
    if (expected.filter) {
      const filters = JSON.stringify([plan.video?.filters, plan.video?.branches]);
      const isWanted = !expected.filter.startsWith('!');
      expect(filters.includes(expected.filter.replace('!', '')), filters).toBe(isWanted);
    }
    if (expected.audioLanguages)
      await expectSound(
        plan.audio.map(({ id }) => pathOf(id)),
        expected,
      );
  });
});

async function expectPicture(path: string, expected: ExpectedOutput) {
  const stream = await inspectOutput(path);
  expect(stream).toMatchObject({
    ...expected.size,
    codec_name: 'h264',
    profile: 'High',
    pix_fmt: 'yuv420p',
    sample_aspect_ratio: '1:1',
    color_range: 'tv',
    color_primaries: 'bt709',
    color_transfer: 'bt709',
    color_space: 'bt709',
    r_frame_rate: expected.frameRate,
  });
  expect(stream.side_data_list).toBeUndefined();
  expect(Number(stream.start_time)).toBe(0);
  expect(Number(stream.nb_read_frames)).toBe(expected.frames);
  const [numerator = 1, denominator = 1] = (expected.frameRate ?? '').split('/').map(Number);
  expect(Math.abs(Number(stream.duration) - expected.durationSeconds)).toBeLessThanOrEqual(
    denominator / numerator,
  );
  const corners = expected.corners === undefined ? upright : expected.corners;
  if (corners) expectCorners(await quarterColours(path, stream), corners, expected.isToneMapped === true);
}

function expectCorners(seen: number[][], corners: typeof upright, isToneMapped: boolean) {
  const nearest = seen.map((colour) => {
    const distance = (name: (typeof corners)[number]) =>
      Math.hypot(...cornerColours[name].map((part, index) => part - (colour[index] ?? 0)));
    return corners.toSorted((left, right) => distance(left) - distance(right))[0];
  });
  expect(nearest, JSON.stringify(seen)).toEqual(corners);
  if (isToneMapped) return;
  corners.forEach((name, corner) => {
    cornerColours[name].forEach((part, channel) => {
      expect(Math.abs(part - (seen[corner]?.[channel] ?? 0)), `${name}: ${seen[corner]}`).toBeLessThanOrEqual(
        8,
      );
    });
  });
}

async function expectSound(paths: string[], expected: ExpectedOutput) {
  const streams = await Promise.all(paths.map(inspectOutput));
  expect(streams.map((stream) => stream.tags.language)).toEqual(expected.audioLanguages);
  for (const stream of streams) {
    expect(stream).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 });
    expect(Number(stream.start_time)).toBe(0);
    expect(Math.abs(Number(stream.duration) - expected.durationSeconds)).toBeLessThanOrEqual(0.05);
  }
  if (expected.silenceSeconds !== undefined && paths[0]) {
    expect(Math.abs((await leadingSilence(paths[0])) - expected.silenceSeconds)).toBeLessThanOrEqual(0.025);
  }
}
