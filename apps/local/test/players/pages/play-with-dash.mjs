import * as dashjs from '/dashjs';

export async function openPlayer(video, url, { lookAheadSeconds, onError }) {
  const player = dashjs.MediaPlayer().create();
  player.updateSettings({
    streaming: {
      abr: { autoSwitchBitrate: { video: false } },
      buffer: {
        bufferTimeDefault: lookAheadSeconds,
        bufferTimeAtTopQuality: lookAheadSeconds,
        bufferTimeAtTopQualityLongForm: lookAheadSeconds,
        bufferToKeep: 60,
        bufferPruningInterval: 60,
      },
      text: { defaultEnabled: false },
    },
  });
  player.on('error', ({ error }) => onError({ fatal: true, text: `${error?.code}: ${error?.message}` }));
  player.on('playbackError', ({ error }) => onError({ fatal: true, text: String(error?.message ?? error) }));
  const initialized = new Promise((resolve) => player.on('streamInitialized', resolve));
  player.initialize(video, url, false);
  await initialized;
  const languages = (type) => player.getTracksFor(type).map((track) => track.lang);
  const renditions = () => player.getRepresentationsByType('video');
  return {
    heights: () => renditions().map(({ height }) => height),
    audioLanguages: () => languages('audio'),
    captionLanguages: () => languages('text'),
    chooseHeight: (wanted) => {
      const { id } = renditions().find(({ height }) => height === wanted);
      player.setRepresentationForTypeById('video', id);
    },
    chooseAudio: (language) =>
      player.setCurrentTrack(player.getTracksFor('audio').find((track) => track.lang === language)),
    chooseCaptions: (language) => {
      player.enableText(true);
      player.setTextTrack(languages('text').indexOf(language));
    },
  };
}
