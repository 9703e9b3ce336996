import { readFile, rm } from 'node:fs/promises';
import {
  type Check,
  checkAudio,
  checkDecoderConfiguration,
  checkDecoding,
  checkLoudness,
  checkPacketHashes,
  checkProbedRendition,
  checkVideo,
  hashPacketsCommand,
  type LoudnessTreatment,
  type PacketHash,
  plannedRenditions,
  readPacketHashes,
  referenceFrames,
  renditionProbeArguments,
  type TrackManifest,
} from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import type { ReferenceCaptures } from '../reference-capture/read-reference-captures.ts';
import { processLimits } from '../sandbox/process-limits.ts';
import type { StoredPlan } from '../stored-plan.ts';
import { decodeOutput } from './decode-output.ts';

/** A finished file and its inputs. */
export interface FinishedFile {
  readonly path: string;
  readonly track: TrackManifest;
  /** The hashes of the packets of its segments; null if the file is these segments, joined. */
  readonly segmentHashes: readonly PacketHash[] | null;
  /** The audio track whose samples are compared; null where another file with the same packets is compared. */
  readonly audioTrackId: string | null;
  /** Of the decoder; ffmpeg chooses by default. */
  readonly threads?: number;
  /** Called with the decoded fraction of a video, from 0 to 1. */
  readonly onDecoded?: (fraction: number) => void;
}

/**
 * Verifies a finished file independently of how it was made: its metadata by ffprobe, its frames and samples by a full
 * decode, and its packets by hashes. Equal hashes prove that the segments contain the same packets.
 * @param capture null if the segments were decoded and compared before: then the packets and their decoder configuration are enough
 */
export async function verifyFile(
  work: JobContext,
  { plan }: StoredPlan,
  { capture, loudness }: { capture: ReferenceCaptures | null; loudness: readonly LoudnessTreatment[] },
  file: FinishedFile & { readonly joinedPath: string },
  signal: AbortSignal,
): Promise<Check[]> {
  const { track, path, joinedPath } = file;
  const probed = await probeRendition(work, path, signal);
  const checks = checkProbedRendition(plan, track, probed);
  if (capture !== null)
    return [...checks, ...(await verifyContent(work, { plan, capture, loudness, file, signal }))];
  return [
    ...checks,
    checkDecoderConfiguration(track, await probeRendition(work, joinedPath, signal), probed),
    await verifyPackets(work, file, signal),
  ];
}

async function probeRendition({ ffmpeg }: JobContext, path: string, signal: AbortSignal): Promise<unknown> {
  const limits = processLimits('finish');
  return JSON.parse(await ffmpeg.probe(renditionProbeArguments(path), { signal, limits }));
}

async function verifyPackets(
  { ffmpeg, scratch }: JobContext,
  { track, path, segmentHashes }: FinishedFile,
  signal: AbortSignal,
): Promise<Check> {
  const target = await scratch.path(`mp4-hashes-${track.trackId}.txt`);
  await ffmpeg.run(hashPacketsCommand(path, target), { signal, limits: processLimits('finish') });
  const hashes = readPacketHashes(await readFile(target, 'utf8'));
  await rm(target);
  return checkPacketHashes(track.trackId, segmentHashes ?? [], hashes);
}

/** Decodes a file completely and compares it with what its encoders received, and its packets with those of the segments. */
export async function verifyContent(
  work: JobContext,
  {
    plan,
    capture,
    loudness,
    file: { track, path, segmentHashes, audioTrackId, threads, onDecoded },
    signal,
  }: {
    plan: StoredPlan['plan'];
    capture: ReferenceCaptures;
    loudness: readonly LoudnessTreatment[];
    file: FinishedFile;
    signal: AbortSignal;
  },
): Promise<Check[]> {
  const rendition = plannedRenditions(plan).find(({ id }) => id === track.trackId);
  const branch = plan.video?.branches.find(({ renditions }) => renditions.some((one) => one === rendition));
  const references = branch ? capture.videoReferences(branch.id) : [];
  const size = references[0]?.size;
  const frameCount = references.reduce((sum, reference) => sum + reference.frameCount, 0);
  const treatment = loudness.find(({ trackId }) => trackId === audioTrackId);
  const decoded = await decodeOutput(
    work,
    path,
    {
      name: track.trackId,
      ...(size && { video: { size, frames: referenceFrames(references) } }),
      audio: audioTrackId !== null,
      loudness: treatment !== undefined,
      packetHashes: segmentHashes !== null,
      ...(threads !== undefined && { threads }),
      onFrames: onDecoded && ((count) => onDecoded(Math.min(1, count / Math.max(1, frameCount)))),
    },
    signal,
  );
  const audio = audioTrackId === null ? null : capture.audioReference(audioTrackId);
  return [
    ...(segmentHashes ? [checkPacketHashes(track.trackId, segmentHashes, decoded.packetHashes)] : []),
    checkDecoding(track.trackId, decoded.errors, decoded.examples),
    ...(decoded.signatures ? checkVideo(track.trackId, references, decoded.signatures) : []),
    ...(audio && decoded.audio && audioTrackId !== null
      ? checkAudio(audioTrackId, audio, decoded.audio)
      : []),
    ...(treatment && decoded.loudness ? checkLoudness(treatment, decoded.loudness) : []),
  ];
}
