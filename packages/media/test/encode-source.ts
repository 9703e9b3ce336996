import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { defaultLadderConfig, type LadderConfig } from '@fyrestream/events';
import { resetDisplayMatrix } from '../src/cmaf/reset-display-matrix.ts';
import {
  convertExtractedSubtitles,
  createElementaryStreamFinder,
  createPidMover,
  type EncodePlan,
  encodeAudioCommand,
  encodeVideoCommand,
  extractSubtitleCommand,
  findKeyFrameRepairs,
  findMovedStreams,
  findPacketLayout,
  observeSource,
  type PidMove,
  planEncode,
  plannedRenditions,
  prepareAudioCommand,
  probeArguments,
  readSourceFacts,
  sniffAudioFrames,
  sniffContainer,
  sniffFramesLengthBytes,
  sniffLengthBytes,
  toArguments,
} from '../src/index.ts';
import { runTool } from './run-tool.ts';

/** The steps of a worker for a source, with plain files instead of sockets and a packager. */
export async function encodeSource(
  uploadPath: string,
  directory: string,
  ladderConfig: LadderConfig = defaultLadderConfig,
): Promise<{ plan: EncodePlan; pathOf: (id: string) => string }> {
  const { file, pidMoves } = joinMovedStreams(await readFile(uploadPath));
  const repairs = await findKeyFrameRepairs(async (offset, length) => file.subarray(offset, offset + length));
  for (const { offset, bytes } of repairs) file.set(bytes, offset);
  const isChanged = pidMoves.length + repairs.length > 0;
  const sourcePath = isChanged ? join(directory, 'changed') : uploadPath;
  if (isChanged) await writeFile(sourcePath, file);
  const sniffed = sniffContainer(file.subarray(0, sniffLengthBytes));
  const media =
    sniffed.kind === 'media' ? sniffed : sniffAudioFrames(file.subarray(0, sniffFramesLengthBytes));
  const [demuxer, leadingBytes] = [media?.demuxer ?? null, media?.leadingBytes];
  const probe = await runTool('ffprobe', probeArguments(sourcePath, demuxer, leadingBytes));
  const facts = readSourceFacts(JSON.parse(probe.stdout), demuxer, { leadingBytes, pidMoves });
  const observations = await observeSource(
    {
      probe: async (argv) => (await runTool('ffprobe', argv)).stdout,
      // A stream that cannot be decoded fails; the survey records that.
      run: async (command) => {
        const running = runTool('ffmpeg', toArguments(command));
        return (await running.catch((failure: { stderr: string }) => failure)).stderr;
      },
      bytes: () => createReadStream(sourcePath),
      read: async (offset, lengthBytes) => file.subarray(offset, offset + lengthBytes),
    },
    sourcePath,
    facts,
  );
  const plan = planEncode(facts, observations, ladderConfig);
  const pathOf = (id: string) => join(directory, `${id}.mp4`);
  let audioPath = sourcePath;
  if (plan.audioPreparation) {
    audioPath = join(directory, 'prepared.nut');
    await runTool('ffmpeg', toArguments(prepareAudioCommand(plan, { sourcePath, target: audioPath })));
  }
  if (plan.audio.length > 0) {
    await runTool(
      'ffmpeg',
      toArguments(encodeAudioCommand(plan, { sourcePath: audioPath, targetFor: pathOf })),
    );
  }
  for (const unit of plan.units.filter(({ kind }) => kind === 'video')) {
    const command = encodeVideoCommand(plan, unit, { sourcePath, targetFor: pathOf });
    await runTool('ffmpeg', toArguments(command));
    // Like the packager for the start of each stream.
    for (const path of plannedRenditions(plan).map(({ id }) => pathOf(id)))
      await writeFile(path, resetDisplayMatrix(await readFile(path)));
  }
  if (plan.subtitles.length > 0) {
    const partOf = (id: string, part: string) => join(directory, `${id}.${part}`);
    await runTool('ffmpeg', toArguments(extractSubtitleCommand(plan, { sourcePath, targetFor: partOf })));
    for (const track of plan.subtitles) {
      const converted = await convertExtractedSubtitles(
        track,
        (part) => readFile(partOf(track.id, part)),
        immediate,
      );
      await writeFile(pathOf(track.id), converted.webVtt);
    }
  }
  return { plan, pathOf };
}

function joinMovedStreams(file: Buffer): { file: Buffer; pidMoves: PidMove[] } {
  const layout = findPacketLayout(file);
  if (layout === null) return { file, pidMoves: [] };
  const packets = file.subarray(layout.offsetBytes);
  const finder = createElementaryStreamFinder(layout);
  finder.push(packets);
  const { streams, packetCount } = finder.end();
  const pidMoves = findMovedStreams(streams, packetCount);
  const mover = createPidMover(layout, pidMoves);
  mover.collect(packets);
  return { file: Buffer.concat([file.subarray(0, layout.offsetBytes), mover.move(packets)]), pidMoves };
}
