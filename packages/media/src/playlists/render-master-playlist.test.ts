import { parse } from 'hls-parser';
import { describe, expect, it } from 'vitest';
import { buildAudioTrack, buildVideoTrack } from '../../test/build-track-manifest.ts';
import { createPresentation } from './presentation.ts';
import { renderMasterPlaylist } from './render-master-playlist.ts';

const high = buildVideoTrack('video-720p');
const low = buildVideoTrack('video-360p', { width: 640, height: 360, sizesBytes: [150_000, 120_000] });
const english = buildAudioTrack('audio-en', { language: 'en', name: 'English' });
const german = buildAudioTrack('audio-de', {
  language: 'de',
  name: 'Deutsch',
  channels: 1,
  sizesBytes: [99_000, 90_000],
});
const subtitles = { trackId: 'subtitles-fr', language: 'fr', name: null, forced: false, sizeBytes: 1500 };

function parseMaster(text: string) {
  const playlist = parse(text);
  if (!('variants' in playlist)) throw new Error('not a master playlist');
  return playlist;
}

it('lists audio, subtitles, variants and I-frame variants', () => {
  const presentation = createPresentation([high, english, low, german], [subtitles]);
  expect(renderMasterPlaylist(presentation)).toBe(
    [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-en/index.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Deutsch",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="1",URI="audio-de/index.m3u8"',
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="fr",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="subtitles-fr/index.m3u8"',
      // 800,000 for video, 132,000 for the larger audio, 1,000 for subtitles.
      '#EXT-X-STREAM-INF:BANDWIDTH=933000,AVERAGE-BANDWIDTH=829000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30.000,VIDEO-RANGE=SDR,AUDIO="audio",SUBTITLES="subtitles",CLOSED-CAPTIONS=NONE',
      'video-720p/index.m3u8',
      '#EXT-X-STREAM-INF:BANDWIDTH=333000,AVERAGE-BANDWIDTH=309000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=30.000,VIDEO-RANGE=SDR,AUDIO="audio",SUBTITLES="subtitles",CLOSED-CAPTIONS=NONE',
      'video-360p/index.m3u8',
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=2000,AVERAGE-BANDWIDTH=2000,CODECS="avc1.64001f",RESOLUTION=1280x720,VIDEO-RANGE=SDR,URI="video-720p/iframes.m3u8"',
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=2000,AVERAGE-BANDWIDTH=2000,CODECS="avc1.64001f",RESOLUTION=640x360,VIDEO-RANGE=SDR,URI="video-360p/iframes.m3u8"',
      '',
    ].join('\n'),
  );
});

it('has URIs with the prefix of the version if it is outside its folder', () => {
  const text = renderMasterPlaylist(createPresentation([high, english]), { uriPrefix: 'abc/7/' });
  const [variant] = parseMaster(text).variants;
  expect(variant?.uri).toBe('abc/7/video-720p/index.m3u8');
  expect(variant?.audio[0]?.uri).toBe('abc/7/audio-en/index.m3u8');
  expect(text).not.toMatch(/"video-|^video-/m);
});

it('has neither audio group nor audio codec for video without audio', () => {
  const text = renderMasterPlaylist(createPresentation([high]));
  expect(text).not.toMatch(/AUDIO|mp4a|EXT-X-MEDIA/);
});

it('signals audio description, so that it plays only on request', () => {
  const described = buildAudioTrack('described', {
    language: 'en',
    name: 'English (AD)',
    role: 'describes-video',
  });
  const clear = buildAudioTrack('clear', { language: 'en', name: 'Clear speech', role: 'enhances-speech' });
  const commentary = buildAudioTrack('commentary', {
    language: 'fr',
    name: 'Commentary',
    role: 'commentary',
  });
  const text = renderMasterPlaylist(createPresentation([high, english, described, clear, commentary]));
  const labels = text.match(/DEFAULT=.*(?=,CHANNELS)/g);
  expect(labels).toEqual([
    'DEFAULT=YES,AUTOSELECT=YES',
    'DEFAULT=NO,AUTOSELECT=YES,CHARACTERISTICS="public.accessibility.describes-video"',
    'DEFAULT=NO,AUTOSELECT=YES,CHARACTERISTICS="public.accessibility.enhances-speech-intelligibility"',
    'DEFAULT=NO,AUTOSELECT=NO',
  ]);
});

describe('audio without video', () => {
  it('is a variant', () => {
    expect(renderMasterPlaylist(createPresentation([english]))).toBe(
      [
        '#EXTM3U',
        '#EXT-X-VERSION:7',
        '#EXT-X-INDEPENDENT-SEGMENTS',
        '#EXT-X-STREAM-INF:BANDWIDTH=128000,AVERAGE-BANDWIDTH=128000,CODECS="mp4a.40.2"',
        'audio-en/index.m3u8',
        '',
      ].join('\n'),
    );
  });

  it('lists all languages', () => {
    const [variant] = parseMaster(renderMasterPlaylist(createPresentation([english, german]))).variants;
    expect(variant?.uri).toBe('audio-en/index.m3u8');
    expect(variant?.audio.map(({ uri }) => uri)).toEqual(['audio-en/index.m3u8', 'audio-de/index.m3u8']);
  });
});

it('lists H.264 before HEVC before AV1, SDR before HDR, each with the audio', () => {
  const tracks = [
    buildVideoTrack('av1', { codec: 'av01.0.05M.08' }),
    buildVideoTrack('hdr', { codec: 'hvc1.2.4.L120.90', videoRange: 'PQ' }),
    buildVideoTrack('hevc', { codec: 'hvc1.1.6.L93.90' }),
    high,
  ];
  const variants = parseMaster(renderMasterPlaylist(createPresentation([...tracks, english]))).variants;
  expect(
    variants.filter((one) => !one.isIFrameOnly).map((one) => [one.uri, one.videoRange, one.audio.length]),
  ).toEqual([
    ['video-720p/index.m3u8', 'SDR', 1],
    ['hevc/index.m3u8', 'SDR', 1],
    ['hdr/index.m3u8', 'PQ', 1],
    ['av1/index.m3u8', 'SDR', 1],
  ]);
});

it('starts with the best variant of at most 2 Mbit/s, then lists from the highest bitrate down', () => {
  const rates = [6, 3, 1.5, 0.4].map((megabits) => (megabits * 6_000_000) / 8);
  const tracks = rates.map((bytes, index) => buildVideoTrack(`v${index}`, { sizesBytes: [bytes, bytes] }));
  const order = (chosen: typeof tracks) =>
    parseMaster(renderMasterPlaylist(createPresentation(chosen)))
      .variants.filter((one) => !one.isIFrameOnly)
      .map((one) => one.uri.split('/')[0]);
  expect(order(tracks)).toEqual(['v2', 'v0', 'v1', 'v3']);
  expect(order(tracks.slice(0, 2))).toEqual(['v1', 'v0']);
});

it('has the display size of anamorphic video', () => {
  const anamorphic = { width: 720, height: 576, sampleAspect: { numerator: 64, denominator: 45 } };
  const text = renderMasterPlaylist(createPresentation([buildVideoTrack('pal', anamorphic)]));
  expect(text).toContain('RESOLUTION=1024x576');
});

it('does not declare independent segments if a GOP is open', () => {
  const [first, second] = high.segments;
  const open = second && { ...second, gops: second.gops.map((gop) => ({ ...gop, closed: false })) };
  const track = { ...high, segments: [first, open].filter((one) => one !== undefined) };
  expect(renderMasterPlaylist(createPresentation([track]))).not.toContain('INDEPENDENT');
});

it('writes no name or language that ends its quotes', () => {
  const hostile = 'x",URI="https://evil.example/"\n#EXT-X-ENDLIST\r\u0000\u0085';
  const track = buildAudioTrack('audio', { language: hostile, name: hostile });
  const text = renderMasterPlaylist(createPresentation([high, track]));
  const [variant] = parseMaster(text).variants;
  expect(variant?.audio).toHaveLength(1);
  expect(variant?.audio[0]).toMatchObject({ uri: 'audio/index.m3u8' });
  expect(variant?.audio[0]?.language).toBeUndefined();
  expect(text.split('\n').filter((line) => line.startsWith('#EXT-X-MEDIA'))).toHaveLength(1);
  expect(text).not.toContain('\n#EXT-X-ENDLIST');
});

it('gives renditions with the same name and language different names', () => {
  const twice = [english, { ...english, trackId: 'commentary' }];
  const [variant] = parseMaster(renderMasterPlaylist(createPresentation([high, ...twice]))).variants;
  expect(variant?.audio.map((one) => [one.name, one.isDefault, one.autoselect])).toEqual([
    ['English', true, true],
    ['English (2)', false, false],
  ]);
});

it('refuses two tracks in one folder, and a presentation without tracks', () => {
  expect(() => createPresentation([high, high])).toThrow(
    'Two tracks of a presentation have the id video-720p',
  );
  expect(() => createPresentation([])).toThrow('at least one');
});

it('has the title of the upload', () => {
  const text = renderMasterPlaylist(createPresentation([high], [], { title: 'Harbour "2"' }));
  expect(text).toContain('\n#EXT-X-SESSION-DATA:DATA-ID="com.apple.hls.title",VALUE="Harbour ”2”"\n');
  expect(renderMasterPlaylist(createPresentation([high]))).not.toContain('SESSION-DATA');
});
