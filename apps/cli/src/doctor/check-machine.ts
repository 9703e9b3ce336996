import { statfs } from 'node:fs/promises';
import { missingFfmpegFeatures, toolVersion } from '../../setup/ffmpeg.mjs';
import { runsFyrestream } from '../../setup/find-node.mjs';
import { formatBytes } from '../present/format-bytes.ts';
import { type Finding, finding } from './finding.ts';

/** A Full HD video of an hour, all that is made of it, and room to spare. */
const minFreeBytes = 10_000_000_000;

export function checkNode(): Finding {
  const { node } = process.versions;
  return finding('node', node, runsFyrestream(node) ? null : `${node} is too old: install Node 24`);
}

/** What workers on this machine need, and `plan`. */
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
  return finding('ffmpeg', `${ffmpeg}, ffprobe ${ffprobe}`, wrong);
}

/** @param folder where the local cloud keeps what it is given and makes */
export async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  const found = `${formatBytes(freeBytes)} free on ${folder}`;
  return finding('disk', found, freeBytes < minFreeBytes ? `only ${found}` : null);
}

/** Builds from a developer's tree have no number; they are taken for new. */
function isTooOld(version: string | null): boolean {
  const [, major, minor] = /^n?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (major === undefined) return false;
  return Number(major) < 5 || (Number(major) === 5 && Number(minor) < 1);
}
