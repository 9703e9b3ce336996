import { readFile, stat } from 'node:fs/promises';
import { expect } from 'vitest';
import { type EncodePlan, plannedRenditions } from '../src/index.ts';
import { cornerColours, type ExpectedOutput, upright } from './fixtures/source-fixture.ts';
import { type InspectedFrames, inspectAudio, inspectFrames, inspectOutput } from './inspect-output.ts';
import { measureBars } from './measure-bars.ts';

/** AAC encoders work in frames of 21 ms; a larger offset between audio and video is noticeable. */
const syncSeconds = 0.04;

export interface EncodedSource {
  sourcePath: string;
  plan: EncodePlan;
  pathOf: (id: string) => string;
}

/** Compares every rendition and every track of one source with the fixture. */
export async function expectOutput(encoded: EncodedSource, expected: ExpectedOutput): Promise<void> {
  const { plan, pathOf } = encoded;
  expectPlan(plan, expected);
  const beeps = await expectAudio(encoded, expected);
  for (const { id, width, height } of plannedRenditions(plan)) {
    const flash = await expectVideo(pathOf(id), { ...expected, size: { width, height } });
    const frameSeconds = 1 / frameRateOf(expected);
    if (expected.isWithinSourceBitrate)
      await expectWithinSourceBitrate(encoded, id, expected.durationSeconds);
    if (flash === null) continue;
    for (const beep of beeps) {
      expect(Math.abs(beep - flash), `${id}: flash ${flash}, beep ${beep}`).toBeLessThanOrEqual(
        Math.max(syncSeconds, frameSeconds),
      );
    }
  }
  for (const { id } of plan.subtitles) {
    expect(await readFile(pathOf(id), 'utf8')).toMatch(
      /^WEBVTT\nX-TIMESTAMP-MAP=\S+\n\n00:00\.200 --> 00:00\.700\n.*Guten Tag/,
    );
  }
}

function expectPlan(plan: EncodePlan, expected: ExpectedOutput) {
  const renditions = plannedRenditions(plan);
  expect(plan.video === null).toBe(expected.size === null);
  if (expected.rungs)
    expect(renditions.map(({ width, height }) => Math.min(width, height))).toEqual(expected.rungs);
  if (expected.size) expect(renditions[0]).toMatchObject(expected.size);
  const filters = JSON.stringify([plan.video?.filters, plan.video?.branches]);
  for (const wanted of expected.filters ?? []) {
    expect(filters.includes(wanted.replace('!', '')), filters).toBe(!wanted.startsWith('!'));
  }
  // In the order in which they are listed.
  const positions = (expected.filters ?? []).flatMap((wanted) =>
    wanted.startsWith('!') ? [] : [filters.indexOf(wanted)],
  );
  expect(positions).toEqual(positions.toSorted((left, right) => left - right));
  if (expected.leftOut) expect(plan.leftOut.map(({ why }) => why).join('; ')).toContain(expected.leftOut);
  expect(plan.subtitles.map(({ language }) => language)).toEqual(expected.subtitles ?? []);
  if (plan.video) expect(plan.video.closedCaptions.action).toBe(expected.closedCaptions ?? 'none');
}

/** @returns when the video flashes, by its timestamps */
async function expectVideo(path: string, expected: ExpectedOutput): Promise<number | null> {
  const { stream, times } = await inspectOutput(path);
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
    // For a single frame readers can only guess a rate.
    ...(expected.frames === 1 ? {} : { r_frame_rate: expected.frameRate }),
  });
  expect(stream.side_data_list).toBeUndefined();
  const seen = await inspectFrames(path);
  expect(seen.frameCount).toBe(expected.frames);
  expect(times).toHaveLength(seen.frameCount);
  expect(times[0]).toBe(0);
  const frameSeconds = 1 / frameRateOf(expected);
  expectWithin(Number(stream.duration), expected.durationSeconds, frameSeconds);
  const corners = expected.corners === undefined ? upright : expected.corners;
  if (corners) expectCorners(seen, corners, expected.isToneMapped === true);
  expected.lastColour?.forEach((part, channel) => {
    expectWithin(seen.lastQuarters[0]?.[channel] ?? 0, part, 6, `last frame: ${seen.lastQuarters[0]}`);
  });
  if (expected.bars) {
    const { first, last } = await measureBars(path);
    expectWithin(first, expected.bars.first, 0.02, `bars of the first frame: ${first}`);
    expectWithin(last, expected.bars.last, 0.02, `bars of the last frame: ${last}`);
  }
  const eventSeconds = expected.eventSeconds === undefined ? 0.5 : expected.eventSeconds;
  if (eventSeconds === null) return null;
  const flashSeconds = times[seen.flashFrame] ?? Number.NaN;
  expectWithin(flashSeconds, eventSeconds, Math.max(syncSeconds, frameSeconds));
  return flashSeconds;
}

/** @returns when each track beeps, from the start of its samples */
async function expectAudio({ plan, pathOf }: EncodedSource, expected: ExpectedOutput): Promise<number[]> {
  const paths = plan.audio.map(({ id }) => pathOf(id));
  const beeps: number[] = [];
  const languages: (string | undefined)[] = [];
  const eventSeconds = expected.eventSeconds === undefined ? 0.5 : expected.eventSeconds;
  for (const path of paths) {
    const { stream, times } = await inspectOutput(path);
    languages.push(stream.tags.language);
    expect(stream).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 });
    expect(times[0]).toBe(0);
    const { seconds, beepSeconds } = await inspectAudio(path);
    expectWithin(seconds, expected.durationSeconds, 0.06);
    if (eventSeconds === null) continue;
    expectWithin(beepSeconds, eventSeconds, syncSeconds);
    beeps.push(beepSeconds);
  }
  expect(languages).toEqual(expected.audioLanguages ?? ['und']);
  return beeps;
}

/** The bitrate may exceed the ceiling only for the two seconds of the encoder's buffer. */
async function expectWithinSourceBitrate(
  { sourcePath, plan, pathOf }: EncodedSource,
  id: string,
  seconds: number,
) {
  const [rendition, source] = await Promise.all([stat(pathOf(id)), stat(sourcePath)]);
  const ceiling =
    plannedRenditions(plan).find((planned) => planned.id === id)?.maximumBitrateBitsPerSecond ?? 0;
  const containerBytes = 4000;
  expect(ceiling).toBeLessThanOrEqual((source.size * 8) / seconds);
  expect(rendition.size - containerBytes).toBeLessThanOrEqual((ceiling * (seconds + 2)) / 8);
}

function expectCorners(
  { quarters }: InspectedFrames,
  corners: NonNullable<ExpectedOutput['corners']>,
  isToneMapped: boolean,
) {
  const nearest = quarters.map((colour) => {
    const distance = (name: (typeof corners)[number]) =>
      Math.hypot(...cornerColours[name].map((part, index) => part - (colour[index] ?? 0)));
    return corners.toSorted((left, right) => distance(left) - distance(right))[0];
  });
  expect(nearest, JSON.stringify(quarters)).toEqual(corners);
  if (isToneMapped) return;
  corners.forEach((name, corner) => {
    cornerColours[name].forEach((part, channel) => {
      expectWithin(quarters[corner]?.[channel] ?? 0, part, 8, `${name}: ${quarters[corner]}`);
    });
  });
}

function expectWithin(seen: number, wanted: number, bound: number, message?: string) {
  const difference = Math.abs(seen - wanted);
  // Timestamps are rounded to microseconds.
  expect(difference, message ?? `${seen} for ${wanted}`).toBeLessThanOrEqual(bound + 0.000_002);
}

function frameRateOf({ frameRate = '' }: ExpectedOutput): number {
  const [numerator = 1, denominator = 1] = frameRate.split('/').map(Number);
  return numerator / denominator;
}
