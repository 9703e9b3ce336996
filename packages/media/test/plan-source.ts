import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LadderConfig } from '@fyrestream/events';
import {
  createElementaryStreamFinder,
  createPidMover,
  type EncodePlan,
  findKeyFrameRepairs,
  findMovedStreams,
  findPacketLayout,
  type Observations,
  observeSource,
  type PidMove,
  planEncode,
  probeArguments,
  readSourceFacts,
  sniffAudioFrames,
  sniffContainer,
  sniffFramesLengthBytes,
  sniffLengthBytes,
  toArguments,
} from '../src/index.ts';
import { runTool } from './run-tool.ts';

export interface PlannedSource {
  /** The upload, or a copy in which moved streams are joined and key frames repaired. */
  readonly sourcePath: string;
  readonly observations: Observations;
  readonly plan: EncodePlan;
}

/** The steps of a worker from an upload to its plan. */
export async function planSource(
  uploadPath: string,
  directory: string,
  ladderConfig: LadderConfig,
  options: Parameters<typeof planEncode>[3] = {},
): Promise<PlannedSource> {
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
    // Every video is to be long enough for units.
    0,
  );
  return { sourcePath, observations, plan: planEncode(facts, observations, ladderConfig, options) };
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
