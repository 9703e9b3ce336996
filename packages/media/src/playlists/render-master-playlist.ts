import { chapterListFileName, iframePlaylistFileName, mediaPlaylistFileName } from '@fyrestream/events';
import { rationalValue } from '../cmaf/rational.ts';
import type { VideoTrackManifest } from '../cmaf/track-manifest.ts';
import { asPublished, trickPlayTracks } from '../encryption/as-published.ts';
import { attributeList, quoted } from './attribute-list.ts';
import { type AudioGroup, audioGroups } from './audio-groups.ts';
import { audioRoleSignals, mayAutoselect } from './audio-role-signals.ts';
import { type Bandwidth, measureBandwidth, measureIframeBandwidth } from './measure-bandwidth.ts';
import { orderVariants } from './order-variants.ts';
import type { Presentation } from './presentation.ts';
import { hasIndependentSegments, playlistVersion } from './render-media-playlist.ts';
import { labelTracks } from './track-labels.ts';
import { trackDurationSeconds, trackFrameRate } from './track-times.ts';

const subtitleGroup = quoted('subtitles');
/** Source: RFC 8216, 4.3.4.1. */
const forHearingImpaired =
  'public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound';

/**
 * `master.m3u8`. Source: RFC 8216, 4.3.4; draft-pantos-hls-rfc8216bis, 4.4.6.
 * @param options.uriPrefix precedes every URI, with a slash at the end, if the playlist is not in the folder of the
 *   tracks: `../../versions/<jobId>/<token>/`
 */
export function renderMasterPlaylist(
  stored: Presentation,
  options: { readonly uriPrefix?: string } = {},
): string {
  const presentation = asPublished(stored);
  const prefix = options.uriPrefix ?? '';
  const tracks = [...presentation.video, ...presentation.audio];
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${playlistVersion}`,
    ...(tracks.every(hasIndependentSegments) ? ['#EXT-X-INDEPENDENT-SEGMENTS'] : []),
    ...titleData(presentation),
    ...chapterData(presentation, prefix),
    ...audioRenditions(presentation, prefix),
    ...subtitleRenditions(presentation, prefix),
    ...(presentation.video.length > 0
      ? videoVariants(presentation, prefix)
      : audioVariants(presentation, prefix)),
  ];
  return `${lines.join('\n')}\n`;
}

/** AVFoundation and receivers of Google Cast show it. Source: RFC 8216, 4.3.4.4. */
function titleData({ title }: Presentation): string[] {
  if (title === null) return [];
  const data = { 'DATA-ID': quoted('com.apple.hls.title'), VALUE: quoted(title) };
  return [`#EXT-X-SESSION-DATA:${attributeList(data)}`];
}

/** @see https://developer.apple.com/documentation/http-live-streaming/providing-javascript-object-notation-json-chapters */
function chapterData({ chapters }: Presentation, prefix: string): string[] {
  if (chapters.length === 0) return [];
  const data = { 'DATA-ID': quoted('com.apple.hls.chapters'), URI: quoted(prefix + chapterListFileName) };
  return [`#EXT-X-SESSION-DATA:${attributeList(data)}`];
}

/** A single audio track without video is the variant itself; several are a group. */
function hasAudioGroup({ video, audio }: Presentation): boolean {
  return video.length > 0 ? audio.length > 0 : audio.length > 1;
}

function audioRenditions(presentation: Presentation, prefix: string): string[] {
  if (!hasAudioGroup(presentation)) return [];
  const renditions = audioGroups(presentation.audio).flatMap(({ id, tracks }) =>
    tracks.map((member) => ({ id, ...member })),
  );
  return renditions.map(({ id, track, label, isDefault }) => {
    const { characteristics } = audioRoleSignals[track.role];
    const attributes = attributeList({
      TYPE: 'AUDIO',
      'GROUP-ID': quoted(id),
      NAME: quoted(label.name),
      LANGUAGE: label.language ? quoted(label.language) : null,
      DEFAULT: isDefault ? 'YES' : 'NO',
      AUTOSELECT: label.isFirstOfLanguage && mayAutoselect(track.role) ? 'YES' : 'NO',
      CHARACTERISTICS: characteristics ? quoted(characteristics) : null,
      CHANNELS: quoted(String(track.channels)),
      URI: quoted(`${prefix}${track.trackId}/${mediaPlaylistFileName}`),
    });
    return `#EXT-X-MEDIA:${attributes}`;
  });
}

function subtitleRenditions(presentation: Presentation, prefix: string): string[] {
  const labels = labelTracks(presentation.subtitles, 'Subtitles');
  return presentation.subtitles.map((track, index) => {
    const label = labels[index];
    const attributes = attributeList({
      TYPE: 'SUBTITLES',
      'GROUP-ID': subtitleGroup,
      NAME: quoted(label?.name ?? track.trackId),
      LANGUAGE: label?.language ? quoted(label.language) : null,
      DEFAULT: 'NO',
      AUTOSELECT: label?.isFirstOfLanguage ? 'YES' : 'NO',
      FORCED: track.forced ? 'YES' : 'NO',
      CHARACTERISTICS: track.hearingImpaired ? quoted(forHearingImpaired) : null,
      URI: quoted(`${prefix}${track.trackId}/${mediaPlaylistFileName}`),
    });
    return `#EXT-X-MEDIA:${attributes}`;
  });
}

/** All variants with stereo, then all with 5.1 if there is any: players without a preference start with the first. */
function videoVariants(presentation: Presentation, prefix: string): string[] {
  const variants = orderVariants(presentation.video);
  const groups = presentation.audio.length > 0 ? audioGroups(presentation.audio) : [null];
  const streams = groups.flatMap((group) => streamsWith(group, variants, presentation, prefix));
  const iframes = orderVariants(trickPlayTracks(presentation)).map((track) => {
    const attributes = attributeList({
      ...bandwidthAttributes(measureIframeBandwidth(track), silence),
      CODECS: quoted(track.codec),
      RESOLUTION: resolution(track),
      'VIDEO-RANGE': track.videoRange,
      URI: quoted(`${prefix}${track.trackId}/${iframePlaylistFileName}`),
    });
    return `#EXT-X-I-FRAME-STREAM-INF:${attributes}`;
  });
  return [...streams, ...iframes];
}

function streamsWith(
  group: AudioGroup | null,
  variants: readonly VideoTrackManifest[],
  presentation: Presentation,
  prefix: string,
): string[] {
  const audio = group?.tracks.map(({ track }) => track) ?? [];
  const rest = renditionsBandwidth(presentation, audio.map(measureBandwidth));
  const audioCodecs = new Set(audio.map((track) => track.codec));
  return variants.flatMap((track) => {
    const bandwidth = measureBandwidth(track);
    const attributes = attributeList({
      ...bandwidthAttributes(bandwidth, rest),
      CODECS: quoted([track.codec, ...audioCodecs].join(',')),
      RESOLUTION: resolution(track),
      'FRAME-RATE': rationalValue(trackFrameRate(track)).toFixed(3),
      'VIDEO-RANGE': track.videoRange,
      AUDIO: group === null ? null : quoted(group.id),
      SUBTITLES: presentation.subtitles.length > 0 ? subtitleGroup : null,
      'CLOSED-CAPTIONS': 'NONE',
    });
    return [`#EXT-X-STREAM-INF:${attributes}`, `${prefix}${track.trackId}/${mediaPlaylistFileName}`];
  });
}

function audioVariants(presentation: Presentation, prefix: string): string[] {
  return audioGroups(presentation.audio).flatMap(({ id, tracks }) => {
    const audio = tracks.map(({ track }) => track);
    const bandwidth = renditionsBandwidth(presentation, audio.map(measureBandwidth));
    const attributes = attributeList({
      ...bandwidthAttributes(bandwidth, silence),
      CODECS: quoted([...new Set(audio.map((track) => track.codec))].join(',')),
      AUDIO: hasAudioGroup(presentation) ? quoted(id) : null,
      SUBTITLES: presentation.subtitles.length > 0 ? subtitleGroup : null,
    });
    return [
      `#EXT-X-STREAM-INF:${attributes}`,
      `${prefix}${audio[0]?.trackId ?? ''}/${mediaPlaylistFileName}`,
    ];
  });
}

const silence: Bandwidth = { peakBitsPerSecond: 0, averageBitsPerSecond: 0 };

/** The maximum that one audio rendition and one of subtitles add to a variant, as any combination may be selected. */
function renditionsBandwidth(presentation: Presentation, audio: readonly Bandwidth[]): Bandwidth {
  const max = [...presentation.video, ...presentation.audio].map(trackDurationSeconds);
  const durationSeconds = Math.max(...max);
  const text = presentation.subtitles.map(({ sizeBytes }) => Math.ceil((sizeBytes * 8) / durationSeconds));
  const maxText = Math.max(0, ...text);
  return {
    peakBitsPerSecond: Math.max(0, ...audio.map((one) => one.peakBitsPerSecond)) + maxText,
    averageBitsPerSecond: Math.max(0, ...audio.map((one) => one.averageBitsPerSecond)) + maxText,
  };
}

function bandwidthAttributes(track: Bandwidth, rest: Bandwidth) {
  return {
    BANDWIDTH: track.peakBitsPerSecond + rest.peakBitsPerSecond,
    'AVERAGE-BANDWIDTH': track.averageBitsPerSecond + rest.averageBitsPerSecond,
  };
}

/** The display size, with square pixels. */
function resolution({ width, height, sampleAspect }: VideoTrackManifest): string {
  return `${Math.round(width * rationalValue(sampleAspect))}x${height}`;
}
