import { parse } from 'mpd-parser';
import { expect, it } from 'vitest';
import { buildAudioTrack, buildVideoTrack } from '../../test/build-track-manifest.ts';
import { createPresentation } from './presentation.ts';
import { renderDashManifest } from './render-dash-manifest.ts';

const manifestUri = 'https://media.example/outputs/manifest.mpd';
const video = buildVideoTrack('video-720p', { sizesBytes: [6000, 6000, 6000], lastSeconds: 2.5 });
const audio = buildAudioTrack('audio-en', { language: 'en', name: 'English', sizesBytes: [900, 900, 900] });

it('is one static period with a timeline of exact times', () => {
  expect(renderDashManifest(createPresentation([video, audio]), { baseUrl: 'abc/7/' })).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011,urn:mpeg:dash:profile:cmaf:2019" type="static" mediaPresentationDuration="PT18.000000S" maxSegmentDuration="PT6.000000S" minBufferTime="PT6.000000S">
  <BaseURL>abc/7/</BaseURL>
  <Period id="0" start="PT0S">
    <AdaptationSet id="0" contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1" maxWidth="1280" maxHeight="720" maxFrameRate="30">
      <SegmentTemplate timescale="15360" initialization="$RepresentationID$/init.mp4" media="$RepresentationID$/segment_$Number%05d$.m4s" startNumber="1">
        <SegmentTimeline>
          <S t="0" d="92160" r="1"/>
          <S d="38400"/>
        </SegmentTimeline>
      </SegmentTemplate>
      <Representation id="video-720p" codecs="avc1.64001f" bandwidth="11295" width="1280" height="720" frameRate="30" sar="1:1"/>
    </AdaptationSet>
    <AdaptationSet id="1" contentType="audio" mimeType="audio/mp4" lang="en" segmentAlignment="true" startWithSAP="1">
      <Label>English</Label>
      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>
      <Representation id="audio-en" codecs="mp4a.40.2" bandwidth="1200" audioSamplingRate="48000">
        <AudioChannelConfiguration schemeIdUri="urn:mpeg:mpegB:cicp:ChannelConfiguration" value="2"/>
        <SegmentTemplate timescale="48000" initialization="$RepresentationID$/init.mp4" media="$RepresentationID$/segment_$Number%05d$.m4s" startNumber="1">
          <SegmentTimeline>
            <S t="0" d="288000" r="2"/>
          </SegmentTimeline>
        </SegmentTemplate>
      </Representation>
    </AdaptationSet>
  </Period>
</MPD>
`,
  );
});

it('resolves segments below the base URL', () => {
  const text = renderDashManifest(createPresentation([video, audio]), { baseUrl: 'abc/7/' });
  const [playlist] = parse(text, { manifestUri }).playlists;
  expect(playlist?.segments.map((one) => [one.resolvedUri, one.presentationTime])).toEqual([
    ['https://media.example/outputs/abc/7/video-720p/segment_00001.m4s', 0],
    ['https://media.example/outputs/abc/7/video-720p/segment_00002.m4s', 6],
    ['https://media.example/outputs/abc/7/video-720p/segment_00003.m4s', 12],
  ]);
});

it('puts other codecs and HDR into separate adaptation sets, HDR with an essential property', () => {
  const hevc = buildVideoTrack('hevc', { codec: 'hvc1.2.4.L120.90', videoRange: 'PQ' });
  const text = renderDashManifest(createPresentation([hevc, video]));
  expect(text.match(/<AdaptationSet/g)).toHaveLength(2);
  expect(text.indexOf('video-720p')).toBeLessThan(text.indexOf('"hevc"'));
  expect(text).toContain(
    '<EssentialProperty schemeIdUri="urn:mpeg:mpegB:cicp:TransferCharacteristics" value="16"/>',
  );
});

it('shares one timeline only between renditions with equal times', () => {
  const late = buildVideoTrack('late', { sizesBytes: [6000, 6000, 6000], lastSeconds: 3 });
  const same = renderDashManifest(createPresentation([video, { ...video, trackId: 'same' }]));
  const different = renderDashManifest(createPresentation([video, late]));
  expect(same.match(/<SegmentTimeline/g)).toHaveLength(1);
  expect(different.match(/<SegmentTimeline/g)).toHaveLength(2);
});

it('signals the role of audio that is not for everybody', () => {
  const described = buildAudioTrack('described', { language: 'en', role: 'describes-video' });
  const clear = buildAudioTrack('clear', { language: 'en', role: 'enhances-speech' });
  const commentary = buildAudioTrack('commentary', { language: 'en', role: 'commentary' });
  const german = buildAudioTrack('german', { language: 'de' });
  const tracks = [video, audio, described, clear, commentary, german];
  const text = renderDashManifest(createPresentation(tracks));
  const [, ...sets] = text.split('contentType="audio"');
  const purpose = '<Accessibility schemeIdUri="urn:tva:metadata:cs:AudioPurposeCS:2007" value=';
  const role = '<Role schemeIdUri="urn:mpeg:dash:role:2011" value=';
  expect(sets[0]).not.toContain('Accessibility');
  expect(sets.map((set) => set.split(role)[1]?.split('/>')[0])).toEqual([
    '"main"',
    '"alternate"',
    '"alternate"',
    '"commentary"',
    '"alternate"',
  ]);
  expect(sets[1]).toContain(`${purpose}"1"/>`);
  expect(sets[1]).toContain('<Accessibility schemeIdUri="urn:mpeg:dash:role:2011" value="description"/>');
  expect(sets[2]).toContain(`${purpose}"2"/>`);
  expect(sets[3]).not.toContain('Accessibility');
});

it('escapes names with markup', () => {
  const hostile = `]]></Label><script src="https://evil.example">&'\u0000\uD800`;
  const track = buildAudioTrack('audio', { language: hostile, name: hostile });
  const subtitles = { trackId: 'text', language: 'pt-BR', name: hostile, forced: true, sizeBytes: 20 };
  const text = renderDashManifest(createPresentation([track], [subtitles]));
  expect(text).not.toContain('<script');
  expect(text).toContain('lang="pt-BR"');
  expect(text.match(/lang=/g)).toHaveLength(1);
  expect(text).not.toMatch(/\p{Surrogate}/u);
  expect(text).not.toContain('\u0000');
  expect(Object.keys(parse(text, { manifestUri }).mediaGroups.SUBTITLES.subs ?? {})).toHaveLength(1);
});

it('has the title of the upload', () => {
  const text = renderDashManifest(createPresentation([video], [], { title: 'Harbour & <Sons>' }), {
    baseUrl: 'abc/7/',
  });
  const title = '<Title>Harbour &amp; &lt;Sons&gt;</Title>';
  expect(text.replaceAll(/\s*\n\s*/g, '')).toMatch(
    new RegExp(`<MPD[^>]*><ProgramInformation>${title}</ProgramInformation><BaseURL>`),
  );
});
