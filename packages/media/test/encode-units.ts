import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  addVideoReferenceCapture,
  createFrameTimesReader,
  createTrackPackager,
  encodeVideoCommand,
  type FfmpegCommand,
  findInexactness,
  type PlannedUnit,
  plannedRenditions,
  readDecoderWarnings,
  segmentDurationOf,
  type TrackManifest,
  toArguments,
} from '../src/index.ts';
import type { PlannedSource } from './plan-source.ts';
import { runTool } from './run-tool.ts';

/** What the units of a video are, in the order of time. */
export interface EncodedUnits {
  /** By rendition, one for each unit. */
  readonly manifests: ReadonlyMap<string, TrackManifest[]>;
  /** By rendition: the init segment and the segments of all units. */
  readonly bytes: ReadonlyMap<string, Buffer>;
  /** Hashes of the frames of the largest rendition before its encoder, in full size. */
  readonly frames: readonly string[];
  /** Null if each unit is exact. */
  readonly inexactBecause: string | null;
}

/** The steps of a worker for the video units of a plan, with plain files instead of sockets. */
export async function encodeUnits(
  {
    plan,
    sourcePath,
    watermarkPath = '',
  }: Pick<PlannedSource, 'plan' | 'sourcePath'> & { readonly watermarkPath?: string },
  units: readonly PlannedUnit[],
  directory: string,
): Promise<EncodedUnits> {
  const { video } = plan;
  if (video === null) throw new TypeError('The source has no video.');
  const [branch] = video.branches;
  const renditions = plannedRenditions(plan).map(({ id }) => id);
  const manifests = new Map<string, TrackManifest[]>(renditions.map((id) => [id, []]));
  const bytes = new Map<string, Buffer>(renditions.map((id) => [id, Buffer.alloc(0)]));
  const frames: string[] = [];
  const reasons: string[] = [];
  const pathOf = (name: string) => join(directory, `unit-${name}`);
  for (const { id, range } of units) {
    const command = addVideoReferenceCapture(
      encodeVideoCommand(plan, range, { sourcePath, watermarkPath, targetFor: pathOf }),
      video,
      { frameTimesTarget: pathOf('times'), referenceTarget: (branchId) => pathOf(`${branchId}-frames`) },
    );
    const { stderr } = await runTool('ffmpeg', ['-y', ...toArguments(hashFrames(command))]);
    const times = createFrameTimesReader(range ?? video.ownFrames);
    times.push(await readFile(pathOf('times'), 'utf8').catch(() => ''));
    const hashes = readHashes(await readFile(pathOf(`${branch?.id}-frames`), 'utf8'));
    frames.push(...hashes);
    const warnings = readDecoderWarnings(stderr, range !== null && range.decodeFromSeconds !== null);
    const sourceFrames = times.sourceFrames();
    const because = range && findInexactness(range, { sourceFrames, frameCount: hashes.length, warnings });
    if (because) reasons.push(`${id}: ${because}`);
    for (const trackId of hashes.length === 0 ? [] : renditions) {
      const packager = createTrackPackager({
        ...{ trackId, kind: 'video', segmentDurationSeconds: segmentDurationOf(plan) },
        firstSegmentNumber: range?.firstSegmentNumber ?? 1,
      });
      const files = [...packager.push(await readFile(pathOf(trackId))), ...packager.end()];
      const isFirst = manifests.get(trackId)?.length === 0;
      const kept = files.filter(({ kind }) => isFirst || kind === 'segment');
      bytes.set(
        trackId,
        Buffer.concat([bytes.get(trackId) ?? '', ...kept.map((file) => file.bytes)] as Buffer[]),
      );
      manifests.get(trackId)?.push(packager.manifest());
    }
    await Promise.all(['times', `${branch?.id}-frames`].map((name) => rm(pathOf(name), { force: true })));
  }
  return { manifests, bytes, frames, inexactBecause: reasons[0] ?? null };
}

/** Instead of frame signatures: a signature of 64 pixels would hide small differences. */
function hashFrames(command: FfmpegCommand): FfmpegCommand {
  return {
    ...command,
    filterGraph: (command.filterGraph ?? []).map((chain) => ({
      ...chain,
      filters: chain.filters.map((filter) => (/^scale=.*flags=area/.test(filter) ? 'null' : filter)),
    })),
    outputs: command.outputs.map(({ target, options }) => ({
      target,
      options: options.includes('rawvideo')
        ? [...options.slice(0, -4), '-c:v', 'rawvideo', '-f', 'framemd5']
        : options,
    })),
  };
}

/** Lines of `framemd5` end with the hash of a frame. */
function readHashes(text: string): string[] {
  return text.split('\n').flatMap((line) => /^\d.*,\s*([0-9a-f]{32})/.exec(line)?.[1] ?? []);
}
