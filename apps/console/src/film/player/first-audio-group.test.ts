import { expect, it } from 'vitest';
import { firstAudioGroup } from './first-audio-group.ts';

const track = (group: string, channels: number) =>
  `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="${group}",NAME="English",CHANNELS="${channels}",URI="${group}.m3u8"`;
const variant = (group: string, height: number) =>
  `#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=1x${height},AUDIO="${group}",SUBTITLES="subtitles"\n${height}.m3u8`;
const captions = '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="English",URI="en.m3u8"';
const images = '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="iframes.m3u8"';
const playlist = (...lines: string[]) => ['#EXTM3U', ...lines, ''].join('\n');

it('keeps stereo of a film that has 5.1 too', () => {
  const stereo = [track('audio', 2), captions, variant('audio', 360), variant('audio', 240)];
  const surround = [
    track('audio-surround', 6),
    variant('audio-surround', 360),
    variant('audio-surround', 240),
  ];
  expect(firstAudioGroup(playlist(...stereo, ...surround, images))).toBe(playlist(...stereo, images));
});

it.each([
  ['one group', playlist(track('audio', 2), captions, variant('audio', 360), images)],
  ['no audio', playlist('#EXT-X-STREAM-INF:BANDWIDTH=1\n360.m3u8', images)],
  ['nothing', ''],
])('leaves a playlist with %s as it is', (_case, text) => {
  expect(firstAudioGroup(text)).toBe(text);
});
