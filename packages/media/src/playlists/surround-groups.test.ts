import { expect, it } from 'vitest';
import { buildAudioTrack, buildVideoTrack } from '../../test/build-track-manifest.ts';
import { createPresentation } from './presentation.ts';
import { readAudioChannels } from './read-audio-channels.ts';
import { renderDashManifest } from './render-dash-manifest.ts';
import { renderMasterPlaylist } from './render-master-playlist.ts';

const video = [
  buildVideoTrack('video-720p'),
  buildVideoTrack('video-360p', { width: 640, height: 360, sizesBytes: [150_000, 120_000] }),
];
const english = buildAudioTrack('audio-1', { language: 'en', name: 'English' });
const german = buildAudioTrack('audio-2', { language: 'de', name: 'Deutsch' });
const surround = buildAudioTrack('audio-1-surround', {
  ...{ language: 'en', name: 'English', channels: 6, sizesBytes: [288_000, 288_000] },
});
const film = createPresentation([...video, english, german, surround]);

const lines = (text: string, start: string) => text.split('\n').filter((line) => line.startsWith(start));

it('lists 5.1 in a second audio group of the same members, which differ only in URI and channels', () => {
  const members = lines(renderMasterPlaylist(film), '#EXT-X-MEDIA');
  expect(members).toEqual([
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-1/index.m3u8"',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Deutsch",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="audio-2/index.m3u8"',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-surround",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="6",URI="audio-1-surround/index.m3u8"',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-surround",NAME="Deutsch",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="audio-2/index.m3u8"',
  ]);
});

it('has each variant with both groups, those with stereo first, each with the bandwidth of its own audio', () => {
  const text = renderMasterPlaylist(film);
  const variants = lines(text, '#EXT-X-STREAM-INF').map(
    (line) => /BANDWIDTH=(\d+).*CODECS="([^"]+)".*AUDIO="([^"]+)"/.exec(line)?.slice(1) ?? [],
  );
  expect(variants).toEqual([
    ['928000', 'avc1.64001f,mp4a.40.2', 'audio'],
    ['328000', 'avc1.64001f,mp4a.40.2', 'audio'],
    ['1184000', 'avc1.64001f,mp4a.40.2', 'audio-surround'],
    ['584000', 'avc1.64001f,mp4a.40.2', 'audio-surround'],
  ]);
  expect(lines(text, '#EXT-X-I-FRAME')).toHaveLength(2);
});

it('has a variant for each group of audio without video', () => {
  const text = renderMasterPlaylist(createPresentation([english, surround]));
  expect(text.split('\n').slice(-5)).toEqual([
    '#EXT-X-STREAM-INF:BANDWIDTH=128000,AVERAGE-BANDWIDTH=128000,CODECS="mp4a.40.2",AUDIO="audio"',
    'audio-1/index.m3u8',
    '#EXT-X-STREAM-INF:BANDWIDTH=384000,AVERAGE-BANDWIDTH=384000,CODECS="mp4a.40.2",AUDIO="audio-surround"',
    'audio-1-surround/index.m3u8',
    '',
  ]);
});

it('is an adaptation set of its own in DASH, with its channels, and players prefer the set in stereo', () => {
  const manifest = renderDashManifest(film);
  const sets = manifest.split('<AdaptationSet').filter((set) => set.includes('contentType="audio"'));
  const found = sets.map((set) => [
    /selectionPriority="(\d)"/.exec(set)?.[1],
    /<Label>(.*)<\/Label>/.exec(set)?.[1],
    /role:2011" value="(\w+)"/.exec(set)?.[1],
    /ChannelConfiguration" value="(\d)"/.exec(set)?.[1],
  ]);
  expect(found).toEqual([
    ['2', 'English', 'main', '2'],
    ['2', 'Deutsch', 'alternate', '2'],
    [undefined, 'English (5.1)', 'main', '6'],
  ]);
  expect(readAudioChannels(manifest).get('audio-1-surround')).toBe(6);
});
