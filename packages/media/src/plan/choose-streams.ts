import type { LeftOut } from '@fyrestream/events';
import type { AudioStream, SourceFacts, SubtitleStream, VideoStream } from '../facts/source-facts.ts';
import { MediaRefusal } from '../media-refusal.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import { coverImageReason } from './cover-image-reason.ts';
import { programOf } from './program-of.ts';
import { refuseStillImage } from './refuse-still-image.ts';

export interface ChosenStreams {
  video: VideoStream | null;
  audio: AudioStream[];
  subtitles: SubtitleStream[];
  leftOut: LeftOut[];
}

/** If the file has data for a key, this share of corrupt frames shows that the content is encrypted. */
const encryptedCorruptShare = 0.5;

/** Shorter audio is a click, not an audio track. */
const minAudioSeconds = 0.05;

/**
 * Chooses the one video stream (the container's default, then the largest that decodes) and every audio stream that
 * decodes, of one program; the others are left out with a reason.
 * @throws MediaRefusal if neither remains
 */
export function chooseStreams(facts: SourceFacts, surveys: StreamSurvey[]): ChosenStreams {
  refuseStillImage(facts, surveys);
  const surveyOf = new Map(surveys.map((survey) => [survey.streamIndex, survey]));
  const leftOut: LeftOut[] = facts.data.map(({ index, kind }) => ({
    streamIndex: index,
    kind: 'data',
    why: `${kind} is data, not video, audio or text`,
  }));
  let audioSeconds = 0;
  const isUsable = (stream: VideoStream | AudioStream, kind: 'video' | 'audio') => {
    const survey = surveyOf.get(stream.index);
    const why = whyNotUsable(stream, kind, survey) ?? coverImageReason(stream, survey, audioSeconds);
    if (why !== null) leftOut.push({ streamIndex: stream.index, kind, why });
    return why === null;
  };
  const usableAudio = facts.audio.filter((stream) => isUsable(stream, 'audio'));
  audioSeconds = Math.max(0, ...usableAudio.map(({ index }) => surveyOf.get(index)?.decodedSeconds ?? 0));
  const [video = null, ...others] = facts.video
    .filter((stream) => isUsable(stream, 'video'))
    .toSorted(byPreference);
  const program = programOf(facts, video?.index ?? usableAudio[0]?.index);
  for (const { index } of others) {
    const why = program.whyNotIn(index) ?? `stream ${video?.index} is preferred: default, then larger`;
    leftOut.push({ streamIndex: index, kind: 'video', why });
  }
  const isOfProgram = ({ index }: { index: number }, kind: 'audio' | 'subtitle') => {
    const why = program.whyNotIn(index);
    if (why !== null) leftOut.push({ streamIndex: index, kind, why });
    return why === null;
  };
  const audio = usableAudio.filter((stream) => isOfProgram(stream, 'audio'));
  const subtitles = facts.subtitles.filter((stream) => isOfProgram(stream, 'subtitle'));
  // A cover image and a click of audio are no media; a click beside a video is not an audio track.
  if (!video && audio.length === 0) throw refusalOfAll(facts, surveyOf);
  return { video, audio, subtitles, leftOut };
}

function byPreference(left: VideoStream, right: VideoStream): number {
  const area = ({ displaySize }: VideoStream) => displaySize.width * displaySize.height;
  return (
    Number(right.isDefault) - Number(left.isDefault) || area(right) - area(left) || left.index - right.index
  );
}

function whyNotUsable(
  stream: VideoStream | AudioStream,
  kind: 'video' | 'audio',
  survey: StreamSurvey | undefined,
): string | null {
  if ('isAttachedPicture' in stream && stream.isAttachedPicture) return 'a cover image, not the video';
  if (isEncrypted(stream, survey)) return 'encrypted';
  if (stream.codec === null) return 'its codec is unknown to ffmpeg';
  if ('dolbyVision' in stream && stream.dolbyVision?.hasBaseLayer === false) {
    return `Dolby Vision profile ${stream.dolbyVision.profile} has no base layer for other decoders`;
  }
  if (!survey) return null;
  if (survey.carries !== null) {
    return `its samples (${stream.codec}) are ${survey.carries}, compressed: played as they are they are noise`;
  }
  if (survey.decodedFrames === 0) return `it cannot be decoded (${stream.codec})`;
  if (kind === 'audio' && survey.decodedSeconds > 0 && survey.decodedSeconds < minAudioSeconds) {
    return `only ${survey.decodedSeconds} s of it can be decoded`;
  }
  return null;
}

function isEncrypted(stream: VideoStream | AudioStream, survey: StreamSurvey | undefined): boolean {
  if (stream.isEncrypted || !stream.hasEncryptionData || !survey) return stream.isEncrypted;
  return survey.corruptFrames >= survey.decodedFrames * encryptedCorruptShare;
}

/** The most specific reason: for a DRM file the user must not get "unsupported codec". */
function refusalOfAll(facts: SourceFacts, surveyOf: Map<number, StreamSurvey>): MediaRefusal {
  const streams = [...facts.video.filter((stream) => !stream.isAttachedPicture), ...facts.audio];
  if (streams.length + facts.unreadable.length === 0) return new MediaRefusal('no-media-stream');
  if (streams.some((stream) => isEncrypted(stream, surveyOf.get(stream.index))))
    return new MediaRefusal('encrypted');
  const vision = facts.video.find((stream) => stream.dolbyVision?.hasBaseLayer === false)?.dolbyVision;
  if (vision) return new MediaRefusal('dolby-vision-without-base-layer', `It is profile ${vision.profile}.`);
  const all = [...streams, ...facts.unreadable];
  if (all.every((stream) => stream.codec === null)) return new MediaRefusal('unsupported-codec');
  const names = [...new Set(all.map((stream) => stream.codec ?? 'unknown'))].join(', ');
  return new MediaRefusal('no-decodable-stream', `Its streams are ${names}.`);
}
