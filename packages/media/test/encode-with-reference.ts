import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultLadderConfig } from '@fyrestream/events';
import {
  type AudioEnvelope,
  addAudioReferenceCapture,
  addVideoReferenceCapture,
  assessSource,
  type Check,
  checkAudio,
  checkDecoding,
  checkTracks,
  checkVideo,
  createEnvelopeReader,
  createFrameSignatureCollector,
  createFrameTimesReader,
  createPresentation,
  createTrackPackager,
  decodeRenditionCommand,
  type EncodePlan,
  encodeAudioCommand,
  encodeVideoCommand,
  frameSignatureSizeOf,
  type Presentation,
  planEncode,
  plannedRenditions,
  probeArguments,
  type ReferenceCapture,
  rationalValue,
  readDecoderWarnings,
  readSourceFacts,
  referenceFrames,
  type SourceAssessment,
  type StoredReference,
  segmentDurationOf,
  type TrackManifest,
  toArguments,
} from '../src/index.ts';
import { readStreamStarts, streamStartsArguments } from '../src/observe/stream-starts.ts';
import { runTool } from './run-tool.ts';

export interface ReferencedEncode {
  readonly plan: EncodePlan;
  readonly capture: ReferenceCapture[];
  readonly content: SourceAssessment;
  readonly presentation: Presentation;
  readonly videoReferences: StoredReference[];
  audioOf(trackId: string): AudioEnvelope | undefined;
  pathOf(trackId: string): string;
}

/** The steps of a worker for a source, with plain files instead of sockets and everything in one unit. */
export async function encodeWithReference(
  sourcePath: string,
  directory: string,
  changePlan: (plan: EncodePlan) => EncodePlan = (plan) => plan,
): Promise<ReferencedEncode> {
  const { stdout } = await runTool('ffprobe', probeArguments(sourcePath, null));
  const facts = readSourceFacts(JSON.parse(stdout), null);
  const starts = await runTool('ffprobe', streamStartsArguments(sourcePath, facts.demuxer));
  const streamStarts = readStreamStarts(starts.stdout);
  const plan = changePlan(planEncode(facts, { streamStarts }, defaultLadderConfig));
  const pathOf = (id: string) => join(directory, `${id}.mp4`);
  const bytesOf = (name: string) => readFile(join(directory, name));
  const target = (name: string) => join(directory, name);
  const capture: ReferenceCapture[] = [];
  const videoReferences: StoredReference[] = [];
  const audio = new Map<string, AudioEnvelope>();

  const { video } = plan;
  if (video !== null) {
    const command = encodeVideoCommand(plan, null, { sourcePath, targetFor: pathOf });
    const { stderr } = await runTool(
      'ffmpeg',
      toArguments(
        addVideoReferenceCapture(command, video, {
          frameTimesTarget: target('times'),
          referenceTarget: (id) => target(`${id}.stamps`),
        }),
      ),
    );
    for (const branch of video.branches) {
      const size = frameSignatureSizeOf(branch);
      const collector = createFrameSignatureCollector(size);
      collector.push(await bytesOf(`${branch.id}.stamps`));
      const { frameCount, frames, signatures } = collector.end();
      const bytes = Buffer.concat(signatures);
      videoReferences.push({
        branchId: branch.id,
        size,
        frameCount,
        frames: [...frames],
        firstFrame: 0,
        bytes,
      });
    }
    capture.push({
      warnings: readDecoderWarnings(stderr),
      decoded: [
        {
          streamIndex: video.streamIndex,
          times: (await timesIn('times')).end(),
          slots: (await timesIn('times')).slotsAt(
            rationalValue(video.frameRate) * (video.frameCounts?.fieldsPerFrame ?? 1),
          ),
        },
      ],
      video: videoReferences.map(({ firstFrame: _first, bytes: _bytes, ...video }) => video),
      audio: [],
    });
  }
  if (plan.audio.length > 0) {
    const { stderr } = await runTool(
      'ffmpeg',
      toArguments(
        addAudioReferenceCapture(encodeAudioCommand(plan, { sourcePath, targetFor: pathOf }), plan, {
          frameTimesTarget: (id) => target(`${id}.times`),
          referenceTarget: (id) => target(`${id}.pcm`),
        }),
      ),
    );
    for (const { id } of plan.audio) audio.set(id, envelopeOf(await bytesOf(`${id}.pcm`)));
    capture.push({
      warnings: readDecoderWarnings(stderr),
      decoded: await Promise.all(
        plan.audio.map(async ({ id, streamIndex }) => ({
          streamIndex,
          times: (await timesIn(`${id}.times`)).end(),
        })),
      ),
      video: [],
      audio: [],
    });
  }
  const ids = [...plannedRenditions(plan), ...plan.audio].map(({ id }) => id);
  const presentation = createPresentation(
    await Promise.all(ids.map(async (id) => packageStream(plan, id, await readFile(pathOf(id))))),
  );
  const content = assessSource(facts, plan, capture);
  return {
    plan,
    capture,
    content,
    presentation,
    videoReferences,
    audioOf: (id) => audio.get(id),
    pathOf,
  };

  async function timesIn(name: string) {
    const reader = createFrameTimesReader();
    reader.push(await readFile(join(directory, name), 'utf8').catch(() => ''));
    return reader;
  }
}

export function packageStream(plan: EncodePlan, trackId: string, bytes: Uint8Array): TrackManifest {
  const kind = plan.audio.some(({ id }) => id === trackId) ? 'audio' : 'video';
  const packager = createTrackPackager({ trackId, kind, segmentDurationSeconds: segmentDurationOf(plan) });
  packager.push(bytes);
  packager.end();
  return packager.manifest();
}

/** Every check of encoded files; `pathOf` may return other files than the encoded ones. */
export async function verifyEncode(
  encode: ReferencedEncode,
  directory: string,
  pathOf: (trackId: string) => string = encode.pathOf,
): Promise<Check[]> {
  const { plan, presentation, capture, content, videoReferences } = encode;
  const checks = checkTracks(plan, presentation, capture, content);
  const size = videoReferences[0]?.size;
  for (const { trackId, kind } of [...presentation.video, ...presentation.audio]) {
    const target = join(directory, 'decoded');
    const wanted = kind === 'video' && size ? { video: { target, size } } : { audioTarget: target };
    const { stderr } = await runTool('ffmpeg', [
      '-y',
      ...toArguments(decodeRenditionCommand(pathOf(trackId), wanted)),
    ]);
    const { errors, examples } = readDecoderWarnings(stderr);
    checks.push(checkDecoding(trackId, errors, examples));
    const decoded = await readFile(target);
    const audio = encode.audioOf(trackId);
    if (audio) checks.push(...checkAudio(trackId, audio, envelopeOf(decoded)));
    if (kind !== 'video' || size === undefined) continue;
    const collector = createFrameSignatureCollector(size, { wanted: referenceFrames(videoReferences) });
    collector.push(decoded);
    checks.push(...checkVideo(trackId, videoReferences, collector.end()));
  }
  return checks;
}

function envelopeOf(bytes: Uint8Array): AudioEnvelope {
  const reader = createEnvelopeReader();
  reader.push(bytes);
  return reader.end();
}
