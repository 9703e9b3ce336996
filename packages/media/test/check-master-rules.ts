import type { PlaylistLine } from './read-playlist-lines.ts';

export function checkMasterRules(master: readonly PlaylistLine[]): string[] {
  const streams = master.filter((line) => line.tag === 'EXT-X-STREAM-INF');
  const iframes = master.filter((line) => line.tag === 'EXT-X-I-FRAME-STREAM-INF');
  const media = master.filter((line) => line.tag === 'EXT-X-MEDIA');
  const problems: string[] = [];
  const must = (isKept: boolean, rule: string) => isKept || problems.push(`master: ${rule}`);

  must(master[0]?.tag === 'EXTM3U', 'starts with EXTM3U');
  must(
    master.some((line) => line.tag === 'EXT-X-INDEPENDENT-SEGMENTS'),
    'has EXT-X-INDEPENDENT-SEGMENTS',
  );
  must(streams.length > 0, 'has a variant');
  const uris = streams.map((line) => line.uri);
  must(new Set(uris).size === uris.length, 'lists each variant once');

  for (const { attributes, uri } of streams) {
    const has = (name: string) => must(attributes.has(name), `${uri} has ${name}`);
    for (const name of ['BANDWIDTH', 'AVERAGE-BANDWIDTH', 'CODECS']) has(name);
    must(
      Number(attributes.get('AVERAGE-BANDWIDTH')) <= Number(attributes.get('BANDWIDTH')),
      `${uri} has an average that is at most the peak`,
    );
    const codecs = attributes.get('CODECS')?.split(',') ?? [];
    must(codecs.every(isCodec), `${uri} has codecs of RFC 6381 that Apple supports (${codecs})`);
    if (codecs.some(isVideoCodec)) {
      for (const name of ['RESOLUTION', 'FRAME-RATE', 'VIDEO-RANGE', 'CLOSED-CAPTIONS']) has(name);
      must(
        /^\d+\.\d{3}$/.test(attributes.get('FRAME-RATE') ?? ''),
        `${uri} has a frame rate with three decimals`,
      );
    }
    for (const type of ['AUDIO', 'SUBTITLES']) {
      const groups = media.filter((line) => line.attributes.get('TYPE') === type);
      const group = attributes.get(type);
      must(
        groups.length > 0 ? groups.some((line) => line.attributes.get('GROUP-ID') === group) : !group,
        `${uri} has the existing group of ${type}`,
      );
      if (type === 'AUDIO' && groups.length > 0) {
        must(
          codecs.some((codec) => codec.startsWith('mp4a')),
          `${uri} has the audio codec`,
        );
      }
    }
  }
  const videoCodecs = streams.map((line) => line.attributes.get('CODECS')?.split(',').find(isVideoCodec));
  if (videoCodecs.some((codec) => codec !== undefined)) {
    must(videoCodecs[0]?.startsWith('avc1') === true, 'lists H.264 first');
    must(iframes.length > 0, 'has I-frame playlists for trick play');
  }
  for (const { attributes } of iframes) {
    for (const name of ['BANDWIDTH', 'CODECS', 'RESOLUTION', 'URI']) {
      must(attributes.has(name), `I-frame variant ${attributes.get('URI')} has ${name}`);
    }
    must(isVideoCodec(attributes.get('CODECS') ?? ''), 'I-frame variants have only a video codec');
  }
  problems.push(...checkRenditions(media));
  return problems;
}

function checkRenditions(media: readonly PlaylistLine[]): string[] {
  const problems: string[] = [];
  const groups = Map.groupBy(
    media,
    ({ attributes }) => `${attributes.get('TYPE')} ${attributes.get('GROUP-ID')}`,
  );
  for (const [group, lines] of groups) {
    const must = (isKept: boolean, rule: string) => isKept || problems.push(`master: group ${group} ${rule}`);
    const values = (name: string) => lines.map(({ attributes }) => attributes.get(name));
    must(new Set(values('NAME')).size === lines.length, 'has different names');
    must(!values('NAME').includes(undefined) && !values('NAME').includes(''), 'has names');
    must(values('DEFAULT').filter((value) => value === 'YES').length <= 1, 'has at most one default');
    must(!values('URI').includes(undefined), 'has its own playlists');
    const selectable = lines.filter(({ attributes }) => attributes.get('AUTOSELECT') === 'YES');
    const choices = selectable.map(
      ({ attributes }) => `${attributes.get('LANGUAGE')} ${attributes.get('FORCED')}`,
    );
    must(new Set(choices).size === choices.length, 'has automatic choices that players can distinguish');
    for (const { attributes } of lines) {
      const isDefault = attributes.get('DEFAULT') === 'YES';
      must(!isDefault || attributes.get('AUTOSELECT') === 'YES', 'has a default that may be selected');
      must(attributes.get('TYPE') !== 'AUDIO' || attributes.has('CHANNELS'), 'has CHANNELS for audio');
    }
  }
  return problems;
}

function isVideoCodec(codec: string): boolean {
  return /^(avc1|hvc1|av01)\./.test(codec);
}

/** H.264 up to High profile, HEVC as hvc1, AV1, AAC. */
function isCodec(codec: string): boolean {
  return /^(avc1\.(42|4d|58|64)[0-9a-f]{4}|hvc1\.[12]\.[0-9a-f]+\.[LH]\d+(\.[0-9a-f]+)*|av01\.\S+|mp4a\.40\.(2|5|29|42))$/.test(
    codec,
  );
}
