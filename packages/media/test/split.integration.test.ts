import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLadderConfig, type LadderConfig } from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinTrackManifests } from '../src/cmaf/join-track-manifests.ts';
import { encodeVideoCommand, type PlannedUnit, type TrackManifest, toArguments } from '../src/index.ts';
import type { PlannedVideo } from '../src/plan/encode-plan.ts';
import { planVideoUnits } from '../src/plan/plan-video-units.ts';
import { type EncodedUnits, encodeUnits } from './encode-units.ts';
import { makeSource } from './fixtures/make-source.ts';
import { oneUnitFixtures } from './fixtures/one-unit-fixtures.ts';
import { splitFixtures } from './fixtures/split-fixtures.ts';
import { type PlannedSource, planSource } from './plan-source.ts';
import { runTool } from './run-tool.ts';

/**
 * Real ffmpeg encodes each source twice, whole and in units of 2 s. The frames that the encoders get are compared in full
 * size, and the tracks by their init segment, times and frame counts. Audio is always one unit. Does not test the worker:
 * how units are stored, and what happens if one is not exact.
 */
const segmentSeconds = 2;
/** Of these, SSIM is compared as well. */
const comparedFiles = new Set([
  'open.ts',
  'variable.mkv',
  'interlaced.mkv',
  'vp9.webm',
  'hdr.mp4',
  'portrait.mp4',
]);
const wholeVideo: PlannedUnit = { id: 'whole', kind: 'video', range: null };

/** Two small rungs, fast. */
const ladderConfig: LadderConfig = {
  ...defaultLadderConfig,
  ladders: [
    {
      ...{ codec: 'h264', speed: 'superfast' },
      rungs: [234, 144].map((shortEdgePixels) => ({
        ...{ shortEdgePixels, constantRateFactor: 26, maximumBitrateBitsPerSecond: 600_000 },
      })),
    },
  ],
};

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-split-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('a video in units', () => {
  it.each(
    [...splitFixtures, ...oneUnitFixtures].map(
      (fixture) => [`${fixture.name}: ${fixture.fileName}`, fixture] as const,
    ),
  )('units of %s', async (_name, fixture) => {
    const made = await makeSource(fixture, directory);
    const { source, units, why } = await divide(made);
    const { expected } = fixture;
    if (typeof expected === 'object' && 'oneUnitBecause' in expected) {
      expect(why).toBe(`one unit: ${expected.oneUnitBecause}`);
      return;
    }
    expect(units.length).toBeGreaterThan(2);
    const split = await encodeUnits(source, units, made.directory);
    if (expected !== 'exact') {
      expect(split.inexactBecause).toContain(expected.inexactBecause);
      return;
    }
    expect(split.inexactBecause).toBeNull();
    const whole = await encodeUnits(source, [wholeVideo], made.directory);
    expect(split.frames).toEqual(whole.frames);
    expect(joined(split)).toEqual(joined(whole));
    if (comparedFiles.has(fixture.fileName)) await expectSameQuality(source, whole, split, made.directory);
    await rm(made.directory, { recursive: true });
  });
});

async function divide(made: Awaited<ReturnType<typeof makeSource>>) {
  const planned = await planSource(made.path, made.directory, ladderConfig);
  if (planned.plan.video === null) throw new TypeError('The source has no video.');
  const plan = { ...planned.plan, segmentSeconds, video: withoutCeilings(planned.plan.video) };
  const divided = planVideoUnits(plan, planned.observations, segmentSeconds);
  return { source: { ...planned, plan }, ...divided };
}

/** The buffer of a bitrate ceiling is full at the start of each unit: units as short as these have more bits than the whole. */
function withoutCeilings(video: PlannedVideo): PlannedVideo {
  const branches = video.branches.map((branch) => ({
    ...branch,
    renditions: branch.renditions.map((rendition) => ({
      ...rendition,
      maximumBitrateBitsPerSecond: 20_000_000,
    })),
  }));
  return { ...video, branches };
}

/** Each rendition without the sizes of its compressed frames. */
function joined({ manifests }: EncodedUnits) {
  return [...manifests].map(([, parts]) => timesOf(joinTrackManifests(parts)));
}

function timesOf(manifest: TrackManifest) {
  return {
    ...manifest,
    segments: manifest.segments.map(({ sizeBytes: _size, gops, ...segment }) => ({
      ...segment,
      gops: gops.map(({ startTicks, frameCount, closed }) => ({ startTicks, frameCount, closed })),
    })),
  };
}

/** Compares both with the same frames without loss. */
async function expectSameQuality(
  { plan, sourcePath }: PlannedSource,
  whole: EncodedUnits,
  split: EncodedUnits,
  path: string,
) {
  const pathOf = (name: string) => join(path, `compared-${name}`);
  const command = encodeVideoCommand(plan, null, { sourcePath, targetFor: (id) => pathOf(`${id}.mkv`) });
  const outputs = command.outputs.map(({ target, options: [map = '', label = ''] }) => ({
    target,
    options: [map, label, '-fps_mode', 'passthrough', '-c:v', 'ffv1'],
  }));
  await runTool('ffmpeg', toArguments({ ...command, outputs }));
  for (const id of whole.bytes.keys()) {
    const similarityOf = async ({ bytes }: EncodedUnits) => {
      await writeFile(pathOf('rendition.mp4'), bytes.get(id) ?? '');
      return similarity(pathOf('rendition.mp4'), pathOf(`${id}.mkv`));
    };
    const [first, second] = [await similarityOf(whole), await similarityOf(split)];
    expect(first).toBeGreaterThan(0.8);
    expect(Math.abs(second - first)).toBeLessThan(0.002);
  }
}

/** SSIM of all planes, frame by frame. */
async function similarity(encodedPath: string, referencePath: string): Promise<number> {
  const byNumber = 'settb=1/1000,setpts=N';
  const graph = `[0:v]${byNumber}[a];[1:v]${byNumber}[b];[a][b]ssim`;
  const inputs = ['-i', encodedPath, '-i', referencePath];
  const { stderr } = await runTool('ffmpeg', [...inputs, '-lavfi', graph, '-f', 'null', '-']);
  return Number(/SSIM .*All:([\d.]+)/.exec(stderr)?.[1]);
}
