import type { AttackCase } from '../attack-case.ts';
import { latin1, uint32s } from '../build/bytes.ts';
import { compressedZeros } from '../build/compressed-zeros.ts';
import { box, movie } from '../build/iso.ts';
import { jpegFrame, smallMedia } from '../build/make-media.ts';
import { headerStripping, matroska, videoBlocks, videoTrack } from '../build/matroska.ts';
import { png, pngChunk } from '../build/png.ts';

/** Small files whose inspections cost minutes of CPU time together, even if none of them does alone. */
export function inspectionCostAttacks(): AttackCase[] {
  const attacks: AttackCase[] = [
    {
      name: '300,000 fragments of one sample',
      extension: '.mp4',
      make: async (makeMedia) => {
        const fragmented = [
          ...smallMedia('libx264', 'aac'),
          '-g',
          '5',
          '-movflags',
          '+frag_keyframe+empty_moov',
        ];
        const file = Buffer.from(await makeMedia(fragmented, '.mp4'));
        const start = file.indexOf('moof') - 4;
        // Its duration and size stand in its own header: one of each.
        const header = box('tfhd', uint32s(0x02_00_18, 1, 1, 1));
        const fragment = box(
          'moof',
          box('mfhd', uint32s(0, 1)),
          box('traf', header, box('trun', uint32s(0, 1))),
        );
        const fragments = Buffer.alloc(300_000 * fragment.length, fragment);
        return Buffer.concat([file.subarray(0, start), fragments, file.subarray(start)]);
      },
      outcomes: ['movie-header-too-large'],
    },
    {
      name: 'PNG frames with 500 MiB of compressed text each',
      extension: '.mov',
      make: () => {
        const text = pngChunk('zTXt', Buffer.concat([latin1('a\0\0'), compressedZeros(500)]));
        return movie([{ sample: png(64, 48, [text]), format: 'png ', sampleCount: 100 }]);
      },
      outcomes: ['media-too-costly'],
    },
    {
      name: 'JPEG frames of 8000 x 8000 that are stored once',
      extension: '.mkv',
      make: async (makeMedia) => {
        const extra = headerStripping(await jpegFrame(makeMedia, '8000x8000'));
        const tracks = [videoTrack(1, { width: 8_000, height: 8_000, extra })];
        return matroska({ tracks, blocks: videoBlocks(latin1(''), 2_000, 5), duration: 10_000 });
      },
      outcomes: ['media-too-costly'],
    },
  ];
  return attacks.map((attack) => ({ ...attack, name: `inspection cost: ${attack.name}` }));
}
