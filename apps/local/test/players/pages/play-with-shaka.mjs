import '/shaka-player';

const { shaka } = globalThis;

export async function openPlayer(video, url, { lookAheadSeconds, onError }) {
  shaka.polyfill.installAll();
  const player = new shaka.Player();
  player.configure({
    abr: { enabled: false },
    streaming: { bufferingGoal: lookAheadSeconds, bufferBehind: 60, rebufferingGoal: 1 },
  });
  player.addEventListener('error', ({ detail }) =>
    onError({ fatal: detail.severity === 2, text: `${detail.code} ${detail.message}` }),
  );
  await player.attach(video);
  await player.load(url);
  const renditions = () => player.getVideoTracks();
  const ofLanguage = (tracks, wanted) => tracks.find(({ language }) => language === wanted);
  return {
    heights: () => [...new Set(renditions().map(({ height }) => height))],
    audioLanguages: () => player.getAudioTracks().map(({ language }) => language),
    captionLanguages: () => player.getTextTracks().map(({ language }) => language),
    chooseHeight: (wanted) => player.selectVideoTrack(renditions().find(({ height }) => height === wanted)),
    chooseAudio: (language) => player.selectAudioTrack(ofLanguage(player.getAudioTracks(), language)),
    chooseCaptions: (language) => player.selectTextTrack(ofLanguage(player.getTextTracks(), language)),
  };
}
