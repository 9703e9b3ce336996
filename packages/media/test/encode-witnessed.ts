import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultLadderPreset } from '@fyrestream/events';
import {
  assessSource,
  type Check,
  checkDecoding,
  checkPicture,
  checkSound,
  checkTracks,
  createEnvelopeReader,
  createFrameTimesReader,
  createPresentation,
  createStampCollector,
  createTrackPackager,
  decodeRenditionCommand,
  type EncodeEvidence,
  type EncodePlan,
  encodeAudioCommand,
  encodeVideoCommand,
  type Presentation,
  planEncode,
  plannedRenditions,
  probeArguments,
  readComplaints,
  readSourceFacts,
  referenceFrames,
  type SoundEnvelope,
  type SourceContent,
  type StoredReference,
  segmentDurationOf,
  stampSizeOf,
  type TrackManifest,
  toArguments,
  witnessPicture,
  witnessSound,
} from '../src/index.ts';
import { runTool } from './run-tool.ts';

export interface WitnessedEncode {
  readonly plan: EncodePlan;
  readonly evidence: EncodeEvidence[];
  readonly content: SourceContent;
  readonly presentation: Presentation;
  readonly pictures: StoredReference[];
  soundOf(trackId: string): SoundEnvelope | undefined;
  pathOf(trackId: string): string;
}

/** What a worker does with a source, with plain files in place of sockets and everything in one unit. */
export async function encodeWitnessed(sourcePath: string, directory: string): Promise<WitnessedEncode> {
  const { stdout } = await runTool('ffprobe', probeArguments(sourcePath, null));
  const facts = readSourceFacts(JSON.parse(stdout), null);
  const plan = planEncode(facts, {}, defaultLadderPreset);
  const pathOf = (id: string) => join(directory, `${id}.mp4`);
  const bytesOf = (name: string) => readFile(join(directory, name));
  const target = (name: string) => join(directory, name);
  const evidence: EncodeEvidence[] = [];
  const pictures: StoredReference[] = [];
  const sounds = new Map<string, SoundEnvelope>();

  const { video } = plan;
  if (video !== null) {
    const command = encodeVideoCommand(
      plan,
      { id: 'video-00001', kind: 'video' },
      { sourcePath, targetFor: pathOf },
    );
    const { stderr } = await runTool(
      'ffmpeg',
      toArguments(
        witnessPicture(command, video, {
          frameTimesTarget: target('times'),
          referenceTarget: (id) => target(`${id}.stamps`),
        }),
      ),
    );
    for (const branch of video.branches) {
      const size = stampSizeOf(branch);
      const collector = createStampCollector(size);
      collector.push(await bytesOf(`${branch.id}.stamps`));
      const { frameCount, frames, stamps } = collector.end();
      const bytes = Buffer.concat(stamps);
      pictures.push({ branchId: branch.id, size, frameCount, frames: [...frames], firstFrame: 0, bytes });
    }
    evidence.push({
      complaints: readComplaints(stderr),
      decoded: [{ streamIndex: video.streamIndex, times: await timesIn('times') }],
      pictures: pictures.map(({ firstFrame: _first, bytes: _bytes, ...picture }) => picture),
      sounds: [],
    });
  }
  if (plan.audio.length > 0) {
    const { stderr } = await runTool(
      'ffmpeg',
      toArguments(
        witnessSound(encodeAudioCommand(plan, { sourcePath, targetFor: pathOf }), plan.audio, {
          frameTimesTarget: (id) => target(`${id}.times`),
          referenceTarget: (id) => target(`${id}.pcm`),
        }),
      ),
    );
    for (const { id } of plan.audio) sounds.set(id, envelopeOf(await bytesOf(`${id}.pcm`)));
    evidence.push({
      complaints: readComplaints(stderr),
      decoded: await Promise.all(
        plan.audio.map(async ({ id, streamIndex }) => ({ streamIndex, times: await timesIn(`${id}.times`) })),
      ),
      pictures: [],
      sounds: [],
    });
  }
  const ids = [...plannedRenditions(plan), ...plan.audio].map(({ id }) => id);
  const presentation = createPresentation(
    await Promise.all(ids.map(async (id) => packageStream(plan, id, await readFile(pathOf(id))))),
  );
  const content = assessSource(facts, plan, evidence);
  return { plan, evidence, content, presentation, pictures, soundOf: (id) => sounds.get(id), pathOf };

  async function timesIn(name: string) {
    const reader = createFrameTimesReader();
    reader.push(await readFile(join(directory, name), 'utf8').catch(() => ''));
    return reader.end();
  }
}

export function packageStream(plan: EncodePlan, trackId: string, bytes: Uint8Array): TrackManifest {
  const kind = plan.audio.some(({ id }) => id === trackId) ? 'audio' : 'video';
  const packager = createTrackPackager({ trackId, kind, segmentDurationSeconds: segmentDurationOf(plan) });
  packager.push(bytes);
  packager.end();
  return packager.manifest();
}

/** Every check of what was encoded; `pathOf` may name other files than those that were. */
export async function verifyEncode(
  encode: WitnessedEncode,
  directory: string,
  pathOf: (trackId: string) => string = encode.pathOf,
): Promise<Check[]> {
  const { plan, presentation, evidence, content, pictures } = encode;
  const checks = checkTracks(plan, presentation, evidence, content);
  const size = pictures[0]?.size;
  for (const { trackId, kind } of [...presentation.video, ...presentation.audio]) {
    const target = join(directory, 'decoded');
    const wanted = kind === 'video' && size ? { picture: { target, size } } : { soundTarget: target };
    const { stderr } = await runTool('ffmpeg', [
      '-y',
      ...toArguments(decodeRenditionCommand(pathOf(trackId), wanted)),
    ]);
    const { errors, examples } = readComplaints(stderr);
    checks.push(checkDecoding(trackId, errors, examples));
    const decoded = await readFile(target);
    const sound = encode.soundOf(trackId);
    if (sound) checks.push(...checkSound(trackId, sound, envelopeOf(decoded)));
    if (kind !== 'video' || size === undefined) continue;
    const collector = createStampCollector(size, referenceFrames(pictures));
    collector.push(decoded);
    checks.push(...checkPicture(trackId, pictures, collector.end()));
  }
  return checks;
}

function envelopeOf(bytes: Uint8Array): SoundEnvelope {
  const reader = createEnvelopeReader();
  reader.push(bytes);
  return reader.end();
}
