import type { NonAudioBytes } from '../audio-frames/scan-audio-frames.ts';
import type { Crop } from '../crop/crop.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import type { FrameTiming } from '../observe/frame-timing.ts';
import type { InterlaceObservation } from '../observe/interlace-probe.ts';
import type { KeyFrame } from '../observe/key-frames.ts';
import type { KeyFrameTimes } from '../observe/packet-times.ts';
import type { FileParts } from '../scan/find-file-header.ts';
import type { SourceScan } from '../scan/source-scan.ts';
import type { StreamStart } from './timeline.ts';

/** The results of probing and decoding. If a field is missing, the plan relies on the container. */
export interface Observations {
  surveys?: StreamSurvey[];
  /** For the stream that `chooseStreams` chooses. */
  frameTiming?: FrameTiming | null;
  /** Sorted; null if they are not known. */
  keyFrameTimes?: readonly KeyFrameTimes[] | null;
  /** Why decoding may not begin at each of these key frames; null if it may. */
  indivisibleBecause?: string | null;
  /** Of MP4 and MOV: what has to be read of the file before its media data; null where that is all of it. */
  header?: FileParts | null;
  interlace?: InterlaceObservation | null;
  streamStarts?: StreamStart[];
  keyFrames?: KeyFrame[];
  containerCrop?: Crop | null;
  /** For audio without a container. */
  strayBytes?: NonAudioBytes[];
  /** Of the file's bytes. */
  scan?: Partial<SourceScan>;
}
