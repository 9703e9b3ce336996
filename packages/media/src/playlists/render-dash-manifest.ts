import { subtitleFileName } from '@fyrestream/events';
import { formatRational } from '../cmaf/rational.ts';
import type { VideoTrackManifest } from '../cmaf/track-manifest.ts';
import { isSurround } from '../plan/surround-track-id.ts';
import { audioGroups, type LabelledAudio } from './audio-groups.ts';
import { audioRoleSignals } from './audio-role-signals.ts';
import { measureBandwidth } from './measure-bandwidth.ts';
import { orderVariants } from './order-variants.ts';
import type { Presentation, SubtitleTrack } from './presentation.ts';
import { segmentTemplate } from './segment-template.ts';
import { labelTracks } from './track-labels.ts';
import { trackDurationSeconds, trackFrameRate } from './track-times.ts';
import { element, renderXml, type XmlElement } from './xml.ts';

const role = 'urn:mpeg:dash:role:2011';

/**
 * `manifest.mpd`: static, one period, one adaptation set per video codec and range, per audio track and per subtitle
 * track. Source: ISO/IEC 23009-1, 5.3.
 * @param options.baseUrl the folder of the tracks relative to the manifest, with a slash at the end
 */
export function renderDashManifest(
  presentation: Presentation,
  options: { readonly baseUrl?: string } = {},
): string {
  const tracks = [...presentation.video, ...presentation.audio];
  const durationSeconds = Math.max(...tracks.map(trackDurationSeconds));
  const maxSegmentSeconds = Math.max(
    ...tracks.map((track) => Math.max(...track.segments.map((one) => one.durationTicks)) / track.timescale),
  );
  const sets = [...videoSets(presentation.video), ...audioSets(presentation), ...subtitleSets(presentation)];
  const manifest = element(
    'MPD',
    {
      xmlns: 'urn:mpeg:dash:schema:mpd:2011',
      profiles: 'urn:mpeg:dash:profile:isoff-live:2011,urn:mpeg:dash:profile:cmaf:2019',
      type: 'static',
      mediaPresentationDuration: isoDuration(durationSeconds),
      maxSegmentDuration: isoDuration(maxSegmentSeconds),
      minBufferTime: isoDuration(maxSegmentSeconds),
    },
    ...(presentation.title === null
      ? []
      : [element('ProgramInformation', {}, element('Title', {}, presentation.title))]),
    ...(options.baseUrl ? [element('BaseURL', {}, options.baseUrl)] : []),
    element(
      'Period',
      { id: '0', start: 'PT0S' },
      ...sets.map((set, index) => ({ ...set, attributes: { id: index, ...set.attributes } })),
    ),
  );
  return renderXml(manifest);
}

function videoSets(tracks: readonly VideoTrackManifest[]): XmlElement[] {
  const groups = Map.groupBy(
    orderVariants(tracks),
    ({ codec, videoRange }) => `${codec.slice(0, 4)} ${videoRange}`,
  );
  return [...groups.values()].map((group) => {
    const templates = group.map(segmentTemplate);
    const shared = new Set(templates.map((template) => JSON.stringify(template))).size === 1;
    const fastest = group.reduce((best, track) => (trackFps(track) > trackFps(best) ? track : best));
    return element(
      'AdaptationSet',
      {
        contentType: 'video',
        mimeType: 'video/mp4',
        segmentAlignment: 'true',
        startWithSAP: 1,
        maxWidth: Math.max(...group.map((track) => track.width)),
        maxHeight: Math.max(...group.map((track) => track.height)),
        maxFrameRate: formatRational(trackFrameRate(fastest)),
      },
      ...transferProperty(group[0]),
      ...(shared ? templates.slice(0, 1) : []),
      ...group.map((track, index) =>
        element(
          'Representation',
          {
            id: track.trackId,
            codecs: track.codec,
            bandwidth: measureBandwidth(track).peakBitsPerSecond,
            width: track.width,
            height: track.height,
            frameRate: formatRational(trackFrameRate(track)),
            sar: `${track.sampleAspect.numerator}:${track.sampleAspect.denominator}`,
          },
          ...(shared ? [] : templates.slice(index, index + 1)),
        ),
      ),
    );
  });
}

function trackFps(track: VideoTrackManifest): number {
  const { numerator, denominator } = trackFrameRate(track);
  return numerator / denominator;
}

/** Players without HDR must ignore such a set. Source: ISO/IEC 23091-2, 8.2. */
function transferProperty(track: VideoTrackManifest | undefined): XmlElement[] {
  if (track === undefined || track.videoRange === 'SDR') return [];
  const schemeIdUri = 'urn:mpeg:mpegB:cicp:TransferCharacteristics';
  return [element('EssentialProperty', { schemeIdUri, value: track.videoRange === 'PQ' ? 16 : 18 })];
}

function audioSets({ audio }: Presentation): XmlElement[] {
  const groups = audioGroups(audio);
  const sets = new Map(groups.flatMap(({ tracks }) => tracks).map((member) => [member.track, member]));
  return [...sets.values()].map((member) => audioSet(member, groups.length > 1));
}

/** The 5.1 of a track is a set of its own, as its channels differ: players without a preference take the set in stereo. */
function audioSet({ track, label, isDefault }: LabelledAudio, hasSurround: boolean): XmlElement {
  const signals = audioRoleSignals[track.role];
  return element(
    'AdaptationSet',
    {
      contentType: 'audio',
      mimeType: 'audio/mp4',
      lang: label.language,
      segmentAlignment: 'true',
      startWithSAP: 1,
      // 1 without it, and the highest is selected. Source: ISO/IEC 23009-1, 5.3.3.2.
      selectionPriority: hasSurround && !isSurround(track.trackId) ? 2 : null,
    },
    element('Label', {}, isSurround(track.trackId) ? `${label.name} (5.1)` : label.name),
    ...signals.accessibility.map((descriptor) => element('Accessibility', { ...descriptor })),
    element('Role', { schemeIdUri: role, value: isDefault ? 'main' : signals.role }),
    element(
      'Representation',
      {
        id: track.trackId,
        codecs: track.codec,
        bandwidth: measureBandwidth(track).peakBitsPerSecond,
        audioSamplingRate: track.sampleRateHertz,
      },
      element('AudioChannelConfiguration', {
        schemeIdUri: 'urn:mpeg:mpegB:cicp:ChannelConfiguration',
        value: channelConfiguration(track.channels),
      }),
      segmentTemplate(track),
    ),
  );
}

/** Eight channels are configuration 12 (7.1), otherwise the number. Source: ISO/IEC 23091-3, table 3. */
function channelConfiguration(channels: number): number {
  return channels === 8 ? 12 : channels;
}

function subtitleSets({ subtitles, video, audio }: Presentation): XmlElement[] {
  const labels = labelTracks(subtitles, 'Subtitles');
  const durationSeconds = Math.max(...[...video, ...audio].map(trackDurationSeconds));
  return subtitles.map((track: SubtitleTrack, index) =>
    element(
      'AdaptationSet',
      { contentType: 'text', mimeType: 'text/vtt', lang: labels[index]?.language ?? null },
      element('Label', {}, labels[index]?.name ?? track.trackId),
      element('Role', { schemeIdUri: role, value: subtitleRole(track) }),
      element(
        'Representation',
        { id: track.trackId, bandwidth: Math.max(1, Math.ceil((track.sizeBytes * 8) / durationSeconds)) },
        element('BaseURL', {}, `${track.trackId}/${subtitleFileName}`),
      ),
    ),
  );
}

/** `caption` is for people who do not hear. Source: ISO/IEC 23009-1, table 25. */
function subtitleRole({ forced, hearingImpaired }: SubtitleTrack): string {
  if (forced) return 'forced-subtitle';
  return hearingImpaired ? 'caption' : 'subtitle';
}

function isoDuration(seconds: number): string {
  return `PT${seconds.toFixed(6)}S`;
}
