import Hls from '/hls.js';

export async function openPlayer(video, url, { lookAheadSeconds, onError }) {
  const hls = new Hls({
    maxBufferLength: lookAheadSeconds,
    maxMaxBufferLength: lookAheadSeconds,
    backBufferLength: Number.POSITIVE_INFINITY,
    subtitleDisplay: true,
  });
  hls.on(Hls.Events.ERROR, (_event, { fatal, details }) => onError({ fatal, text: details }));
  const parsed = new Promise((resolve) => hls.once(Hls.Events.MANIFEST_PARSED, resolve));
  hls.loadSource(url);
  hls.attachMedia(video);
  await parsed;
  const indexOf = (tracks, language) => tracks.findIndex((track) => track.lang === language);
  return {
    heights: () => hls.levels.map((level) => level.height),
    audioLanguages: () => hls.audioTracks.map((track) => track.lang),
    captionLanguages: () => hls.subtitleTracks.map((track) => track.lang),
    // What is buffered stays; what is loaded from now on is of this height.
    chooseHeight: (height) => {
      hls.loadLevel = hls.levels.findIndex((level) => level.height === height);
    },
    chooseAudio: (language) => {
      hls.audioTrack = indexOf(hls.audioTracks, language);
    },
    chooseCaptions: (language) => {
      hls.subtitleTrack = indexOf(hls.subtitleTracks, language);
    },
  };
}
