import { listenToTones } from './listen-to-tones.mjs';
import { lookAtPicture } from './look-at-picture.mjs';

/** Less than a segment: what is chosen while watching is seen and heard with the next one. */
const lookAheadSeconds = 4;
/** A player that does not reach the end in this time has stopped; the result is what it did so far. */
const timeoutMilliseconds = 600_000;

const sourceBuffers = recordSourceBuffers();

/**
 * Plays a video to its end in one of the players, and makes the changes of a viewer during playback.
 * @param {{ player: 'hls' | 'dash' | 'shaka', url: string, toneHertz: Record<string, number>,
 *   wishes: { atSeconds: number, height?: number, audio?: string, captions?: string }[], playbackRate: number }} order
 * @returns {Promise<import('../viewing.ts').Viewing>} all that was seen and heard
 */
export async function watchFilm({ player: name, url, toneHertz, wishes, playbackRate }) {
  const video = document.querySelector('video');
  const errors = [];
  const onError = (error) => errors.push({ ...error, atSeconds: video.currentTime });
  const sizes = [];
  const cues = [];
  const jumps = [];
  video.addEventListener('resize', () => {
    sizes.push({ atSeconds: video.currentTime, width: video.videoWidth, height: video.videoHeight });
  });
  video.addEventListener('seeking', () => {
    if (video.played.length > 0) jumps.push(video.currentTime);
  });
  watchCaptions(video, cues);
  const ended = new Promise((resolve) => {
    video.addEventListener('ended', () => resolve(true), { once: true });
    video.addEventListener('error', () => resolve(false), { once: true });
    setTimeout(() => resolve(false), timeoutMilliseconds);
  });

  const { openPlayer } = await import(`./play-with-${name}.mjs`);
  const player = await openPlayer(video, url, { lookAheadSeconds, onError });
  const tones = await listenToTones(video, toneHertz);
  const picture = lookAtPicture(video);
  const open = [...wishes];
  video.addEventListener('timeupdate', () => {
    // One at a time: two choices in one breath are a race inside some players.
    if (open.length > 0 && open[0].atSeconds <= video.currentTime) grant(player, open.shift());
  });
  const beginnings = [];
  video.addEventListener(
    'playing',
    () => {
      for (const { type, buffer } of sourceBuffers)
        beginnings.push({ type, seconds: buffer.buffered.start(0) });
    },
    { once: true },
  );
  grant(player, open.shift());
  video.playbackRate = playbackRate;
  await video.play();
  const offered = {
    heights: player.heights(),
    audioLanguages: player.audioLanguages(),
    captionLanguages: player.captionLanguages(),
  };
  // Read from the event, because some players rewind immediately.
  const hasEnded = await ended;
  return {
    offered,
    errors: video.error
      ? [...errors, { fatal: true, text: video.error.message, atSeconds: video.currentTime }]
      : errors,
    ended: hasEnded,
    currentSeconds: video.currentTime,
    durationSeconds: video.duration,
    sizes,
    cues,
    jumps,
    beginnings,
    buffered: sourceBuffers.map(({ type, buffer }) => ({ type, ranges: rangesOf(buffer.buffered) })),
    tones: tones.end(),
    frames: picture.end(),
  };
}

function grant(player, { height, audio, captions }) {
  if (height !== undefined) player.chooseHeight(height);
  if (audio !== undefined) player.chooseAudio(audio);
  if (captions !== undefined) player.chooseCaptions(captions);
}

/** Players make their text tracks when they like. */
function watchCaptions(video, cues) {
  video.textTracks.addEventListener('addtrack', ({ track }) => {
    track.addEventListener('cuechange', () => {
      for (const cue of track.activeCues ?? []) {
        const { startTime: begin, endTime: end, text } = cue;
        if (!cues.some((seen) => seen.text === text))
          cues.push({ begin, end, text, atSeconds: video.currentTime });
      }
    });
  });
}

/** Every buffer that a player fills: only they know of gaps in one track alone. */
function recordSourceBuffers() {
  const made = [];
  const { addSourceBuffer } = MediaSource.prototype;
  MediaSource.prototype.addSourceBuffer = function (type) {
    const buffer = addSourceBuffer.call(this, type);
    made.push({ type, buffer });
    return buffer;
  };
  return made;
}

function rangesOf(ranges) {
  return Array.from({ length: ranges.length }, (_, index) => [ranges.start(index), ranges.end(index)]);
}
