import { describe, expect, it } from 'vitest';
import { audioStream, factsOf, probeOf, subtitleStream, videoStream } from '../../test/ffprobe-fixtures.ts';
import { readSourceFacts } from './read-source-facts.ts';
import { sourceFactsSchema } from './source-facts.ts';

const videoOf = (changes: Record<string, unknown>) => factsOf([videoStream(changes)]).video[0];
const matrix = (a: number, b: number, c: number, d: number) => ({
  side_data_type: 'Display Matrix',
  displaymatrix: `\n00000000: ${a} ${b} 0\n00000001: ${c} ${d} 0\n00000002: 0 0 1073741824\n`,
});

describe('readSourceFacts', () => {
  it('sorts streams by kind and can be stored as JSON', () => {
    const timecode = { index: 3, codec_type: 'data', codec_tag_string: 'tmcd' };
    const facts = factsOf([videoStream(), audioStream(), subtitleStream(), timecode]);
    expect(facts.video.map(({ index }) => index)).toEqual([0]);
    expect(facts.audio[0]).toMatchObject({ index: 1, language: 'en', channels: 2, sampleRateHertz: 48_000 });
    expect(facts.subtitles[0]).toMatchObject({ kind: 'text', language: 'de' });
    expect(facts.data).toEqual([{ index: 3, kind: 'tmcd' }]);
    expect(sourceFactsSchema.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
  });

  it('has the demuxer that ffprobe detected if none was forced', () => {
    expect(readSourceFacts(probeOf([videoStream()]), null).demuxer).toBe('mov');
  });

  it('accepts streams with almost no fields', () => {
    const facts = factsOf([{ index: 0, codec_type: 'audio' }, { index: 1 }], {
      duration: 'N/A',
      size: undefined,
    });
    expect(facts).toMatchObject({ durationSeconds: null, sizeBytes: null });
    expect(facts.audio[0]).toMatchObject({ codec: null, language: null, channels: 0, durationSeconds: null });
  });

  it('refuses invalid output of ffprobe and files with too many streams', () => {
    expect(() => readSourceFacts({}, 'mov')).toThrow(expect.objectContaining({ code: 'unreadable-media' }));
    const streams = Array.from({ length: 101 }, (_, index) => audioStream({ index }));
    expect(() => factsOf(streams)).toThrow(expect.objectContaining({ code: 'too-many-streams' }));
  });

  it('measures the duration of a Matroska file from its first packet', () => {
    const late = probeOf([videoStream()], { start_time: '1700000000.0', duration: '1700000003.0' });
    expect(readSourceFacts(late, 'matroska').durationSeconds).toBeCloseTo(3);
    expect(readSourceFacts(late, 'mov').durationSeconds).toBe(1_700_000_003);
    const early = probeOf([videoStream()], { start_time: '-0.007', duration: '3.0' });
    expect(readSourceFacts(early, 'matroska').durationSeconds).toBe(3);
  });

  it('accepts at most a thousand attachments', () => {
    const fonts = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ index: index + 1, codec_type: 'attachment' }));
    expect(factsOf([videoStream(), ...fonts(1_000)])).toMatchObject({ attachmentCount: 1_000, data: [] });
    expect(() => factsOf([videoStream(), ...fonts(1_001)])).toThrow(
      expect.objectContaining({ code: 'too-many-streams' }),
    );
  });

  it.each([
    ['square pixels', {}, { width: 1920, height: 1080 }],
    ['anamorphic', { width: 800, height: 640, sample_aspect_ratio: '64:45' }, { width: 1138, height: 640 }],
    [
      'pixels taller than wide',
      { width: 640, height: 240, sample_aspect_ratio: '1:2' },
      { width: 320, height: 240 },
    ],
    ['an invalid aspect ratio', { sample_aspect_ratio: '1:10000' }, { width: 1920, height: 1080 }],
    ['turned', { side_data_list: [matrix(0, 65_536, -65_536, 0)] }, { width: 1080, height: 1920 }],
    [
      'rotated, by an older ffprobe',
      { side_data_list: [{ side_data_type: 'Display Matrix', rotation: -90 }] },
      { width: 1080, height: 1920 },
    ],
    ['rotated by a legacy tag', { tags: { ROTATE: '270' } }, { width: 1080, height: 1920 }],
    ['tilted', { side_data_list: [matrix(46_341, 46_341, -46_341, 46_341)] }, { width: 1920, height: 1080 }],
  ])('display size: %s', (_, changes, size) => {
    expect(videoOf(changes)?.displaySize).toEqual(size);
  });

  it.each([
    ['90', [0, 1, -1, 0], 90, false],
    ['180', [-1, 0, 0, -1], 180, false],
    ['270', [0, -1, 1, 0], 270, false],
    ['mirrored', [-1, 0, 0, 1], 0, true],
    ['flipped top to bottom', [1, 0, 0, -1], 180, true],
  ] as const)('orientation: %s', (_, [a, b, c, d], rotationDegrees, isMirrored) => {
    const reported = videoOf({ side_data_list: [matrix(a * 65_536, b * 65_536, c * 65_536, d * 65_536)] });
    expect(reported?.orientation).toEqual({ rotationDegrees, isMirrored, signalledBy: 'display-matrix' });
  });

  it.each([
    ['HDR10', { color_transfer: 'smpte2084' }, { dynamicRange: 'pq', dolbyVision: null }],
    ['HLG', { color_transfer: 'arib-std-b67' }, { dynamicRange: 'hlg', dolbyVision: null }],
    [
      'Dolby Vision 8.4 with an HLG base layer',
      {
        color_transfer: 'arib-std-b67',
        side_data_list: [{ dv_profile: 8, dv_bl_signal_compatibility_id: 4 }],
      },
      { dynamicRange: 'hlg', dolbyVision: { profile: 8, compatibilityId: 4, hasBaseLayer: true } },
    ],
    [
      'Dolby Vision 5 without a base layer',
      { side_data_list: [{ dv_profile: 5, dv_bl_signal_compatibility_id: 0 }] },
      { dynamicRange: 'sdr', dolbyVision: { profile: 5, compatibilityId: 0, hasBaseLayer: false } },
    ],
  ])('dynamic range: %s', (_, changes, reported) => {
    expect(videoOf(changes)).toMatchObject(reported);
  });

  it.each([
    ['yuv420p', 8, 'limited'],
    ['yuvj420p', 8, 'full'],
    ['yuv422p10le', 10, 'limited'],
    ['p010le', 10, 'limited'],
    ['gbrp12le', 12, 'full'],
    ['rgb48le', 16, 'full'],
    ['bgra', 8, 'full'],
  ])('pixel format: %s', (pixelFormat, bitDepth, range) => {
    expect(videoOf({ pix_fmt: pixelFormat })).toMatchObject({ bitDepth, colour: { range } });
  });

  it('reads languages as BCP-47', () => {
    const languageOf = (language: string) =>
      factsOf([audioStream({ tags: { language } })]).audio[0]?.language;
    expect(['eng', 'ger', 'deu', 'pt-BR', 'EN_us', 'gsw', 'und', 'zxx', '???'].map(languageOf)).toEqual([
      ...['en', 'de', 'de', 'pt-BR', 'en-US', 'gsw', null, null, null],
    ]);
  });
});
