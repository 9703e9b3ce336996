// The page of `fyrestream play`: plays the HLS playlist by hls.js, and offers its renditions, audio and captions.
import Hls from '/hls.mjs';

const byId = (id) => document.getElementById(id);
const video = byId('video');

function showError(text) {
  byId('error').textContent = text;
  byId('error').hidden = false;
}

/** Fills a list with choices; hidden where there is nothing to choose. */
function offer(id, labels, chosen, choose) {
  const select = byId(id);
  select.replaceChildren(
    ...labels.map(([value, label]) => new Option(label, value, false, value === chosen)),
  );
  select.closest('label').hidden = labels.length < 2;
  select.onchange = () => choose(Number(select.value));
}

const nameOf = (level) =>
  level.height > 0
    ? `${level.height}p, ${level.videoCodec ?? level.codecSet}, ${(level.bitrate / 1e6).toFixed(1)} Mbit/s`
    : `audio, ${(level.bitrate / 1e3).toFixed(0)} kbit/s`;
const trackName = ({ name, lang }) => (lang && lang !== name ? `${name} (${lang})` : name);

function playByHls(url) {
  const hls = new Hls();
  hls.on(Hls.Events.ERROR, (_event, { fatal, details }) => {
    if (fatal) showError(`The video cannot be played: ${details}.`);
  });
  hls.on(Hls.Events.MANIFEST_PARSED, () => {
    const levels = hls.levels.map((level, index) => [String(index), nameOf(level)]);
    offer('rendition', [['-1', 'automatic'], ...levels], '-1', (index) => {
      hls.nextLevel = index;
    });
  });
  hls.on(Hls.Events.AUDIO_TRACKS_UPDATED, (_event, { audioTracks }) => {
    const tracks = audioTracks.map((track, index) => [String(index), trackName(track)]);
    offer('audio', tracks, String(hls.audioTrack), (index) => {
      hls.audioTrack = index;
    });
  });
  hls.on(Hls.Events.SUBTITLE_TRACKS_UPDATED, (_event, { subtitleTracks }) => {
    const tracks = subtitleTracks.map((track, index) => [String(index), trackName(track)]);
    offer('captions', [['-1', 'off'], ...tracks], String(hls.subtitleTrack), (index) => {
      hls.subtitleTrack = index;
    });
  });
  hls.on(Hls.Events.LEVEL_SWITCHED, (_event, { level }) => {
    byId('playing').textContent = `playing ${nameOf(hls.levels[level])}`;
  });
  hls.loadSource(url);
  hls.attachMedia(video);
}

/** A button for each chapter, which goes to its beginning. */
function showChapters(chapters) {
  byId('chapters').hidden = false;
  byId('chapters')
    .querySelector('ol')
    .append(
      ...chapters.map(({ 'start-time': startSeconds, titles: [{ title }] }) => {
        const item = document.createElement('li');
        const button = document.createElement('button');
        const minutes = Math.floor(startSeconds / 60);
        button.textContent = `${minutes}:${String(Math.floor(startSeconds % 60)).padStart(2, '0')} ${title}`;
        button.onclick = () => {
          video.currentTime = startSeconds;
        };
        item.append(button);
        return item;
      }),
    );
}

const { title, masterUrl, posterUrl, chaptersUrl, files } = await (await fetch('/video.json')).json();
document.title = title;
byId('title').textContent = title;
if (posterUrl) video.poster = posterUrl;
byId('files').append(
  ...files.map(({ name, url, size }) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = url;
    link.textContent = `${name} (${size})`;
    item.append(link);
    return item;
  }),
);
if (chaptersUrl) showChapters(await (await fetch(chaptersUrl)).json());
for (const id of ['rendition', 'audio', 'captions']) offer(id, [], '', () => {});
if (masterUrl === null) video.src = files[0].url;
else if (Hls.isSupported()) playByHls(masterUrl);
else if (video.canPlayType('application/vnd.apple.mpegurl')) video.src = masterUrl;
else showError('This browser cannot play HLS.');
