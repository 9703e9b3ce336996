import { open } from 'node:fs/promises';
import { FyrestreamError, planUnitId, type UnitRecord, unitPrefix } from '@fyrestream/events';
import {
  chooseStreams,
  decodeSurveyCommand,
  encodePlanSchema,
  frameTimingArguments,
  interlaceProbeCommand,
  MediaRefusal,
  type Observations,
  planEncode,
  probeArguments,
  readDecodeSurvey,
  readFrameTiming,
  readInterlaceProbe,
  readSourceFacts,
  type SourceFacts,
  sniffContainer,
  sniffLengthBytes,
  sourceFactsSchema,
} from '@fyrestream/media';
import { z } from 'zod';
import { workDelivery } from '../delivery.ts';
import type { HeldClaim } from '../hold-claim.ts';
import type { WorkOnJob } from '../worker.ts';

/** The plan as it is stored: frozen with the facts that it rests on, the same for all workers of the job. */
const storedPlanSchema = z.strictObject({ facts: sourceFactsSchema, plan: encodePlanSchema });
export type StoredPlan = z.infer<typeof storedPlanSchema>;

const fileName = 'plan.json';
/** How much of each picture stream is decoded to see whether it can be; sound costs little and is decoded whole. */
const surveyedSeconds = 8;

/** The first unit: the plan, stored under its claim. */
export async function planJob(work: WorkOnJob, held: HeldClaim): Promise<void> {
  const { stages, store, settings } = work;
  const { jobId, unitId, token } = held.claim;
  const stored = await stages.makePlan(work, held);
  await store.put(
    { bucket: settings.outputBucket, key: unitPrefix(jobId, unitId, token) + fileName },
    JSON.stringify(stored),
    workDelivery,
  );
}

/** Looks at the source with ffprobe and ffmpeg and decides what is made of it. */
export async function makePlan(work: WorkOnJob, { signal }: HeldClaim): Promise<StoredPlan> {
  const { source, settings, log } = work;
  const path = await source.fetch(signal);
  const facts = await probe(work, path, signal);
  const observations = await observe(work, path, facts, signal);
  const plan = planEncode(facts, observations, settings.ladder);
  log.info({ plan }, 'job-planned');
  return { facts, plan };
}

/** The plan that won, or null where there is none yet. */
export async function readPlan(
  { store, settings, job }: WorkOnJob,
  units: UnitRecord[],
): Promise<StoredPlan | null> {
  const unit = units.find((candidate) => candidate.unitId === planUnitId);
  if (unit?.state !== 'done') return null;
  const key = unitPrefix(job.jobId, unit.unitId, unit.token) + fileName;
  const text = await store.readText({ bucket: settings.outputBucket, key });
  return storedPlanSchema.parse(JSON.parse(text));
}

/** What the source says of itself, read by the demuxer that its first bytes name, whatever it is called. */
async function probe({ ffmpeg }: WorkOnJob, path: string, signal: AbortSignal): Promise<SourceFacts> {
  const demuxer = await sniff(path);
  try {
    return readSourceFacts(JSON.parse(await ffmpeg.probe(probeArguments(path, demuxer), signal)), demuxer);
  } catch (error) {
    if (!(error instanceof FyrestreamError && error.code === 'ffprobe-failed')) throw error;
    throw demuxer === null
      ? new MediaRefusal('not-media', 'It begins like no format that is known here.', error)
      : new MediaRefusal('unreadable-media', error.message, error);
  }
}

/** @returns null where the first bytes tell nothing: ffprobe may then guess among formats of real media */
async function sniff(path: string): Promise<string | null> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffLengthBytes), 0, sniffLengthBytes, 0);
    const sniffed = sniffContainer(buffer.subarray(0, bytesRead));
    if (sniffed.kind === 'refused') throw new MediaRefusal(sniffed.code, `It is ${sniffed.seen}.`);
    return sniffed.kind === 'media' ? sniffed.demuxer : null;
  } finally {
    await file.close();
  }
}

/** Looks where the file's own word is not enough: which streams decode, how frames are spaced, whether they are interlaced. */
async function observe(
  work: WorkOnJob,
  path: string,
  facts: SourceFacts,
  signal: AbortSignal,
): Promise<Observations> {
  const { ffmpeg } = work;
  const surveys = [];
  const extents = [
    ...facts.video.map(({ index }) => ({ streamIndex: index, seconds: surveyedSeconds })),
    ...facts.audio.map(({ index }) => ({ streamIndex: index, seconds: null })),
  ];
  for (const extent of extents) {
    const command = decodeSurveyCommand(path, facts.demuxer, extent);
    const said = await ffmpeg.run(command, { signal, keptLines: 5_000, toleratesFailure: true });
    surveys.push(readDecodeSurvey(said, extent));
  }
  const { video } = chooseStreams(facts, surveys);
  if (video === null) return { surveys };
  const timing = await ffmpeg.probe(frameTimingArguments(path, facts.demuxer, video.index), signal);
  const said = await ffmpeg.run(interlaceProbeCommand(path, facts, video.index), {
    signal,
    toleratesFailure: true,
  });
  return { surveys, frameTiming: readFrameTiming(timing), interlace: readInterlaceProbe(said) };
}
