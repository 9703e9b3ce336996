import { statfs } from 'node:fs/promises';
import { createFinding, type Finding } from '@fyrestream/operations';
import { missingFfmpegFeatures, toolVersion } from '../../setup/ffmpeg.mjs';
import { runsFyrestream } from '../../setup/find-node.mjs';
import { formatBytes } from '../present/format-values.ts';

/** Enough for one hour of Full HD video, its outputs, and a reserve. */
const minFreeBytes = 10_000_000_000;

export function checkNode(): Finding {
  const { node } = process.versions;
  return createFinding('node', node, runsFyrestream(node) ? null : `${node} is too old: install Node 24`);
}

/** Checks the ffmpeg that local workers and `plan` use. */
export async function checkFfmpeg(): Promise<Finding> {
  const [ffmpeg, ffprobe, missing] = await Promise.all([
    toolVersion('ffmpeg'),
    toolVersion('ffprobe'),
    missingFfmpegFeatures(),
  ]);
  const wrong =
    missing.length > 0
      ? `${missing.join(', ')} missing: install ffmpeg 5.1 or newer`
      : isTooOld(ffmpeg)
        ? `${ffmpeg} is too old: install ffmpeg 5.1 or newer`
        : null;
  return createFinding('ffmpeg', `${ffmpeg}, ffprobe ${ffprobe}`, wrong);
}

/** @param folder any folder on the disk of the local cloud */
export async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  const found = `${formatBytes(freeBytes)} free on ${folder}`;
  return createFinding('disk', found, freeBytes < minFreeBytes ? `only ${found}` : null);
}

/** Development builds have no version number; they count as new. */
function isTooOld(version: string | null): boolean {
  const [, major, minor] = /^n?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (major === undefined) return false;
  return Number(major) < 5 || (Number(major) === 5 && Number(minor) < 1);
}
