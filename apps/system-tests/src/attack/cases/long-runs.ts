import type { AttackCase } from '../attack-case.ts';
import { patchAt, uint32s, uint32sLittle } from '../build/bytes.ts';
import { retimeFlv } from '../build/flv.ts';
import { movie, type Track } from '../build/iso.ts';
import { jpegFrame, smallMedia } from '../build/make-media.ts';
import { audioTrack, type Block, matroska, videoBlocks, videoTrack } from '../build/matroska.ts';
import { wave } from '../build/riff.ts';

const secondMilliseconds = 1_000;
const dayMilliseconds = 86_400 * secondMilliseconds;
const yearMilliseconds = 365 * dayMilliseconds;
/** A tenth of a second of audio with 8 kHz. */
const audioBytes = new Uint8Array(1_600);

/** Few bytes that play for hours, days or centuries. */
export function longRunAttacks(): AttackCase[] {
  return [...isoAttacks(), ...matroskaAttacks(), ...otherContainers()].map((attack) => ({
    ...attack,
    name: `long run: ${attack.name}`,
  }));
}

function isoAttack(name: string, track: Partial<Track>, outcomes: string[]): AttackCase {
  return {
    name,
    extension: '.mov',
    make: async (makeMedia) => movie([{ sample: await jpegFrame(makeMedia), ...track }]),
    outcomes,
  };
}

function isoAttacks(): AttackCase[] {
  const repeated = (count: number, milliseconds: number) =>
    Array.from({ length: count }, () => [milliseconds, 0] as const);
  return [
    isoAttack('edit list of 300 x 3000 s', { edits: repeated(300, 3_000_000) }, ['edit-list-too-long']),
    isoAttack('edit list of 2,000 x 500 s', { edits: repeated(2_000, 500_000) }, ['edit-list-too-long']),
    isoAttack('edit list of 50,000 entries', { edits: repeated(50_000, 100) }, ['edit-list-too-long']),
    isoAttack('one edit of 49 days', { edits: [[0xff_ff_ff_ff, 0]] }, ['published']),
    isoAttack(
      'empty edit of 49 days',
      {
        edits: [
          [0xff_ff_ff_ff, -1],
          [1_000, 0],
        ],
      },
      ['too-long'],
    ),
    isoAttack('sample of 24 days', { times: [9, 1, 1, 20_736_000] }, ['frame-gap-too-long']),
    isoAttack('last sample of 68 years', { times: [9, 1, 1, 0x7f_ff_ff_ff], timescale: 1 }, [
      'frame-gap-too-long',
    ]),
    isoAttack('samples of 10 hours', { times: [10, 360_000] }, ['too-long']),
    isoAttack('million frames per second', { timescale: 1_000_000, times: [10, 1] }, ['published']),
    isoAttack('one frame per day', { timescale: 1, times: [10, 86_400] }, ['frame-gap-too-long']),
    isoAttack('timescale of 0', { timescale: 0 }, ['published']),
    isoAttack('timescale of 4 billion', { timescale: 0xff_ff_ff_ff }, ['published']),
    isoAttack('two million frames of the same bytes', { sampleCount: 2_000_000, timescale: 25 }, [
      'sample-table-too-large',
    ]),
  ];
}

function matroskaAttack(
  name: string,
  blocks: (frame: Uint8Array) => Block[],
  outcomes: string[],
  duration = 1_000,
): AttackCase {
  return {
    name,
    extension: '.mkv',
    make: async (makeMedia) =>
      matroska({
        tracks: [videoTrack(1), audioTrack(2)],
        blocks: blocks(await jpegFrame(makeMedia)),
        duration,
      }),
    outcomes,
  };
}

/** Ten frames, and audio with a gap. */
function withAudioGap(frame: Uint8Array, gapMilliseconds: number): Block[] {
  const audio = [0, 100, gapMilliseconds].map((milliseconds) => ({
    track: 2,
    milliseconds,
    bytes: audioBytes,
  }));
  return [...videoBlocks(frame, 10, 100), ...audio];
}

function matroskaAttacks(): AttackCase[] {
  const gap = (milliseconds: number) => (frame: Uint8Array) => [
    ...videoBlocks(frame, 10, 100),
    { track: 1, milliseconds, bytes: frame },
  ];
  const late = (milliseconds: number) => (frame: Uint8Array) => [
    { track: 2, milliseconds: 0, bytes: audioBytes },
    ...videoBlocks(frame, 10, 100).map((block) => ({
      ...block,
      milliseconds: milliseconds + Number(block.milliseconds),
    })),
  ];
  const one = (frame: Uint8Array) => videoBlocks(frame, 10, 100);
  return [
    matroskaAttack('Matroska, gap of a day that says 1 s', gap(dayMilliseconds), ['frame-gap-too-long']),
    matroskaAttack('Matroska, gap of ten years that says 1 s', gap(10 * yearMilliseconds), [
      'frame-gap-too-long',
    ]),
    matroskaAttack(
      'Matroska, gap of ten years',
      gap(10 * yearMilliseconds),
      ['frame-gap-too-long'],
      10 * yearMilliseconds,
    ),
    matroskaAttack('Matroska, video ten years late', late(10 * yearMilliseconds), ['too-many-frames']),
    matroskaAttack(
      'Matroska, audio gap of ten years that says 1 s',
      (frame) => withAudioGap(frame, 10 * yearMilliseconds),
      ['frame-gap-too-long'],
    ),
    matroskaAttack(
      'Matroska, audio gap of ten years',
      (frame) => withAudioGap(frame, 10 * yearMilliseconds),
      ['frame-gap-too-long'],
      10 * yearMilliseconds,
    ),
    matroskaAttack('Matroska, audio gap of a day', (frame) => withAudioGap(frame, dayMilliseconds), [
      'frame-gap-too-long',
    ]),
    matroskaAttack(
      'Matroska, cluster at the largest time',
      (frame) => [...one(frame), { track: 1, milliseconds: 2n ** 62n, bytes: frame }],
      ['frame-gap-too-long'],
    ),
    matroskaAttack('Matroska, duration of 1e300', one, ['published'], 1e300),
    matroskaAttack('Matroska, duration that is infinite', one, ['published'], Number.POSITIVE_INFINITY),
    matroskaAttack('Matroska, duration that is no number', one, ['published'], Number.NaN),
    matroskaAttack('Matroska, duration below zero', one, ['published'], -1e9),
    matroskaAttack('Matroska, a frame each eleven hours', (frame) => videoBlocks(frame, 10, 11 * 3_600_000), [
      'too-long',
    ]),
  ];
}

function otherContainers(): AttackCase[] {
  const avi = (name: string, scale: number, rate: number, outcomes: string[]): AttackCase => ({
    name: `AVI, ${name}`,
    extension: '.avi',
    make: async (makeMedia) =>
      patchAt(
        await makeMedia(smallMedia('mjpeg', 'pcm_s16le'), '.avi'),
        'strh',
        28,
        uint32sLittle(scale, rate),
      ),
    outcomes,
  });
  const flv = (name: string, milliseconds: number, outcomes: string[]): AttackCase => ({
    name: `FLV, ${name}`,
    extension: '.flv',
    make: async (makeMedia) =>
      retimeFlv(
        await makeMedia(smallMedia('flv1', 'pcm_s16le').concat('-ar', '11025'), '.flv'),
        milliseconds,
      ),
    outcomes,
  });
  const silence = (hours: number): string[] => [
    '-f',
    'lavfi',
    '-i',
    `anullsrc=r=8000:cl=mono:d=${hours * 3_600}`,
    '-c:a',
    'flac',
  ];
  return [
    avi('a frame each 136 years', 0xff_ff_ff_ff, 1, ['frame-gap-too-long']),
    avi('a frame each day', 86_400, 1, ['frame-gap-too-long']),
    avi('million frames per second', 1, 1_000_000, ['published']),
    avi('rate of 0', 1, 0, ['published']),
    avi('four billion frames per second', 1, 0xff_ff_ff_ff, ['published']),
    flv('gap of 24 days', 24 * dayMilliseconds, ['frame-gap-too-long']),
    flv('gap of 49 days', 0xff_ff_ff_00, ['published']),
    {
      name: 'ten hours of silence',
      extension: '.flac',
      make: (makeMedia) => makeMedia(silence(10), '.flac'),
      outcomes: ['held'],
    },
    {
      name: 'ten hours of silence that say 1 s',
      extension: '.flac',
      // The number of samples, behind block sizes, frame sizes and the sample rate.
      make: async (makeMedia) => patchAt(await makeMedia(silence(10), '.flac'), 'fLaC', 22, uint32s(8_000)),
      outcomes: ['held'],
    },
    {
      name: 'WAV with a frame each second for 20 s',
      extension: '.wav',
      make: () => wave(1, 1),
      outcomes: ['sample-rate-not-accepted'],
    },
    {
      name: 'three thousand frames in 3 s',
      extension: '.mkv',
      make: (makeMedia) =>
        makeMedia(
          ['-f', 'lavfi', '-i', 'color=size=16x16:rate=1000:duration=3', '-c:v', 'mpeg4', '-g', '1000'],
          '.mkv',
        ),
      outcomes: ['published'],
    },
    {
      name: 'thirty thousand frames per second',
      extension: '.mkv',
      make: (makeMedia) =>
        makeMedia(
          [
            '-f',
            'lavfi',
            '-i',
            'color=size=16x16:rate=30000:duration=0.3',
            '-c:v',
            'mpeg4',
            '-g',
            '1000',
            '-r',
            '30000',
            '-video_track_timescale',
            '30000',
          ],
          '.mp4',
        ),
      outcomes: ['frame-rate-too-high'],
    },
    {
      name: 'GIF whose frames take 655 s',
      extension: '.gif',
      make: async (makeMedia) =>
        patchGifDelays(
          await makeMedia(['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=10:duration=0.3'], '.gif'),
        ),
      // A frame each second: 22 minutes of still images.
      outcomes: ['published'],
    },
    {
      name: 'MP4 fragment whose decode time is in 3,000 years',
      extension: '.mp4',
      make: async (makeMedia) =>
        patchAt(
          await makeMedia(
            [...smallMedia('libx264', 'aac'), '-g', '5', '-movflags', '+frag_keyframe+empty_moov'],
            '.mp4',
          ),
          'tfdt',
          8,
          uint32s(0x00_ff_ff_ff, 0),
        ),
      outcomes: ['too-many-frames'],
    },
  ];
}

/** Sets each delay to the longest one, in hundredths of a second. */
function patchGifDelays(file: Uint8Array): Uint8Array {
  const copy = Buffer.from(file);
  const control = Buffer.from([0x21, 0xf9, 0x04]);
  for (let at = copy.indexOf(control); at !== -1; at = copy.indexOf(control, at + 1))
    copy.writeUInt16LE(0xff_ff, at + 4);
  return copy;
}
