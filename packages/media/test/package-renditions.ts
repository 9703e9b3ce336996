import { readFile } from 'node:fs/promises';
import {
  createTrackPackager,
  type EncodePlan,
  plannedRenditions,
  segmentDurationOf,
  type VideoTrackManifest,
} from '../src/index.ts';

/** Packages every encoded video rendition of a plan as the worker does; keeps only what playlists need. */
export async function packageRenditions(plan: EncodePlan, pathOf: (id: string) => string) {
  const sizesBytes = new Map<string, number>();
  const tracks = await Promise.all(
    plannedRenditions(plan).map(async ({ id }) => {
      const segmentDurationSeconds = segmentDurationOf(plan);
      const packager = createTrackPackager({ trackId: id, kind: 'video', segmentDurationSeconds });
      for (const file of [...packager.push(await readFile(pathOf(id))), ...packager.end()]) {
        sizesBytes.set(`${id}/${file.fileName}`, file.bytes.length);
      }
      return packager.manifest() as VideoTrackManifest;
    }),
  );
  return { tracks, sizesBytes };
}
