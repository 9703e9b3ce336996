import type { AudioRole } from '../facts/audio-role.ts';

interface Descriptor {
  readonly schemeIdUri: string;
  readonly value: string;
}

interface AudioRoleSignals {
  /** HLS `CHARACTERISTICS`. */
  readonly characteristics: string | null;
  /** DASH `Role` of scheme `urn:mpeg:dash:role:2011`, if the track is not the default. */
  readonly role: string;
  /** DASH `Accessibility`, in both schemes: DVB players support one, ATSC players the other. */
  readonly accessibility: readonly Descriptor[];
}

/**
 * How playlists signal the role of an audio track. Source: HLS: draft-pantos-hls-rfc8216bis, 4.4.6.1; HLS Authoring
 * Specification, 2.12 to 2.14 and 2.28. DASH: ISO/IEC 23009-1, 5.8.5.5 (roles); ETSI TS 102 822-3-1, A.15 (audio
 * purposes); ETSI TS 103 285 (DVB-DASH): audio description mixed by the broadcaster is `alternate` with purpose 1.
 */
export const audioRoleSignals: Readonly<Record<AudioRole, AudioRoleSignals>> = {
  main: { characteristics: null, role: 'alternate', accessibility: [] },
  'describes-video': {
    characteristics: 'public.accessibility.describes-video',
    role: 'alternate',
    accessibility: accessibility(1, 'description'),
  },
  'enhances-speech': {
    characteristics: 'public.accessibility.enhances-speech-intelligibility',
    role: 'alternate',
    accessibility: accessibility(2, 'enhanced-audio-intelligibility'),
  },
  commentary: { characteristics: null, role: 'commentary', accessibility: [] },
  'clean-effects': { characteristics: null, role: 'supplementary', accessibility: [] },
  karaoke: { characteristics: null, role: 'supplementary', accessibility: [] },
};

/** Whether a player may select a track by itself: only if it can determine its role. */
export function mayAutoselect(role: AudioRole): boolean {
  return role === 'main' || audioRoleSignals[role].characteristics !== null;
}

function accessibility(purpose: number, role: string): Descriptor[] {
  return [
    { schemeIdUri: 'urn:tva:metadata:cs:AudioPurposeCS:2007', value: `${purpose}` },
    { schemeIdUri: 'urn:mpeg:dash:role:2011', value: role },
  ];
}
