import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { defaultLadderConfig, type LadderConfig } from '@fyrestream/events';
import { resetDisplayMatrix } from '../src/cmaf/reset-display-matrix.ts';
import {
  convertExtractedSubtitles,
  type EncodePlan,
  encodeAudioCommand,
  encodeVideoCommand,
  extractSubtitleCommand,
  plannedRenditions,
  prepareAudioCommand,
  toArguments,
} from '../src/index.ts';
import { planSource } from './plan-source.ts';
import { runTool } from './run-tool.ts';

/** The steps of a worker for a source, with plain files instead of sockets and a packager. */
export async function encodeSource(
  uploadPath: string,
  directory: string,
  ladderConfig: LadderConfig = defaultLadderConfig,
): Promise<{ plan: EncodePlan; pathOf: (id: string) => string }> {
  const { sourcePath, plan } = await planSource(uploadPath, directory, ladderConfig);
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
    const command = encodeVideoCommand(plan, unit.range, { sourcePath, targetFor: pathOf });
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
