import type { AttackCase } from '../attack-case.ts';
import { latin1, noise, patchAt, uint16s, uint32sLittle } from '../build/bytes.ts';
import { movie } from '../build/iso.ts';
import { jpegFrame, type MediaMaker, smallMedia } from '../build/make-media.ts';
import { matroska, videoBlocks, videoTrack } from '../build/matroska.ts';
import { png } from '../build/png.ts';

/** Frames whose size alone takes gigabytes, whatever the container says. */
export function frameSizeAttacks(): AttackCase[] {
  const inMatroska = (
    name: string,
    codec: string,
    [width, height]: [number, number],
    frame: (make: MediaMaker) => Uint8Array | Promise<Uint8Array>,
    outcomes: string[],
  ): AttackCase => ({
    name,
    extension: '.mkv',
    make: async (makeMedia) =>
      matroska({
        tracks: [videoTrack(1, { codec, width, height })],
        // As long as the header says.
        blocks: videoBlocks(await frame(makeMedia), 10, 100),
      }),
    outcomes,
  });
  const jpegOf = (width: number, height: number) => async (makeMedia: MediaMaker) =>
    // The marker of the frame header, then its length and precision.
    patchAt(await jpegFrame(makeMedia), '\xff\xc0', 5, uint16s(height, width));
  /** A key frame of VP8 that states its size. Source: RFC 6386, 9.1. */
  const vp8 = (width: number, height: number) => () =>
    Buffer.concat([
      Buffer.from([0x10, 0x40, 0, 0x9d, 0x01, 0x2a, width & 255, width >> 8, height & 255, height >> 8]),
      noise(2_000),
    ]);
  // Where the container states another size, the decoders of JPEG and VP8 report damaged data.
  return [
    inMatroska('MJPEG of 65535 x 65535', 'V_MJPEG', [65_535, 65_535], jpegOf(65_535, 65_535), [
      'video-too-large',
    ]),
    inMatroska('MJPEG of 16384 x 8192 that says 64 x 48', 'V_MJPEG', [64, 48], jpegOf(16_384, 8_192), [
      'no-decodable-stream',
    ]),
    inMatroska('VP8 of 16383 x 16383', 'V_VP8', [16_383, 16_383], vp8(16_383, 16_383), ['video-too-large']),
    inMatroska('VP8 of 16383 x 16383 that says 64 x 48', 'V_VP8', [64, 48], vp8(16_383, 16_383), [
      'no-decodable-stream',
    ]),
    inMatroska(
      'uncompressed video of 4 billion pixels',
      'V_UNCOMPRESSED',
      [65_535, 65_535],
      () => noise(1_000),
      ['unreadable-media'],
    ),
    inMatroska('width of 2^40', 'V_MJPEG', [2 ** 40, 48], jpegOf(64, 48), ['published']),
    {
      name: 'PNG of 16384 x 8192 as a QuickTime video',
      extension: '.mov',
      make: () => movie([{ sample: png(16_384, 8_192), width: 16_384, height: 8_192, format: 'png ' }]),
      outcomes: ['video-too-large'],
    },
    {
      name: 'PNG of 16384 x 8192 that says 64 x 48',
      extension: '.mov',
      make: () => movie([{ sample: png(16_384, 8_192), format: 'png ' }]),
      outcomes: ['video-too-large'],
    },
    {
      name: 'image of 65535 x 65535',
      extension: '.png',
      make: () => png(65_535, 100),
      outcomes: ['image-not-video'],
    },
    {
      name: 'Y4M of 65535 x 65535',
      extension: '.y4m',
      make: () => Buffer.concat([latin1('YUV4MPEG2 W65535 H65535 F25:1\nFRAME\n'), noise(2_000)]),
      outcomes: ['unreadable-media'],
    },
    {
      name: 'IVF of 65535 x 65535 with VP9',
      extension: '.ivf',
      make: async (makeMedia) =>
        patchAt(
          await makeMedia(
            smallMedia('libvpx-vp9', 'libopus')
              .filter((argument) => argument !== 'libopus')
              .flatMap((argument) => (argument === '-c:a' ? ['-an'] : [argument])),
            '.ivf',
          ),
          'VP90',
          4,
          Buffer.from([0xff, 0xff, 0xff, 0xff]),
        ),
      outcomes: ['published'],
    },
    {
      name: 'AVI of 65535 x 65535',
      extension: '.avi',
      make: async (makeMedia) =>
        patchAt(
          await makeMedia(smallMedia('rawvideo', 'pcm_s16le'), '.avi'),
          'strf',
          12,
          uint32sLittle(65_535, 65_535),
        ),
      // The audio is published.
      outcomes: ['published'],
    },
  ];
}
