import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultLadderPreset, type LadderPreset } from '@fyrestream/events';
import {
  convertExtractedSubtitles,
  type EncodePlan,
  encodeAudioCommand,
  encodeVideoCommand,
  extractSubtitleCommand,
  observeSource,
  planEncode,
  prepareAudioCommand,
  probeArguments,
  readSourceFacts,
  sniffContainer,
  sniffLengthBytes,
  toArguments,
} from '../src/index.ts';
import { runTool } from './run-tool.ts';

/** What a worker does with a source, with plain files in place of sockets and a packager. */
export async function encodeSource(
  sourcePath: string,
  directory: string,
  preset: LadderPreset = defaultLadderPreset,
): Promise<{ plan: EncodePlan; pathOf: (id: string) => string }> {
  const sniffed = sniffContainer((await readFile(sourcePath)).subarray(0, sniffLengthBytes));
  const demuxer = sniffed.kind === 'media' ? sniffed.demuxer : null;
  const probe = await runTool('ffprobe', probeArguments(sourcePath, demuxer));
  const facts = readSourceFacts(JSON.parse(probe.stdout), demuxer);
  const observations = await observeSource(
    {
      probe: async (argv) => (await runTool('ffprobe', argv)).stdout,
      // What cannot be decoded fails, and that is what is to be seen.
      run: async (command) => {
        const running = runTool('ffmpeg', toArguments(command));
        return (await running.catch((failure: { stderr: string }) => failure)).stderr;
      },
    },
    sourcePath,
    facts,
  );
  const plan = planEncode(facts, observations, preset);
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
  }
  if (plan.subtitles.length > 0) {
    const partOf = (id: string, part: string) => join(directory, `${id}.${part}`);
    await runTool('ffmpeg', toArguments(extractSubtitleCommand(plan, { sourcePath, targetFor: partOf })));
    for (const track of plan.subtitles) {
      const converted = await convertExtractedSubtitles(track, (part) => readFile(partOf(track.id, part)));
      await writeFile(pathOf(track.id), converted.webVtt);
    }
  }
  return { plan, pathOf };
}
