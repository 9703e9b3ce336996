import { describe, expect, it } from 'vitest';
import { masteringForSvtAv1, masteringForX265 } from '../command/mastering-parameters.ts';
import { readMastering } from './read-mastering.ts';

/** As ffprobe 5.1 and 7.1 print them. */
const display = {
  side_data_type: 'Mastering display metadata',
  ...{ red_x: '34000/50000', red_y: '16000/50000', green_x: '13250/50000', green_y: '34500/50000' },
  ...{
    blue_x: '7500/50000',
    blue_y: '3000/50000',
    white_point_x: '15635/50000',
    white_point_y: '16450/50000',
  },
  ...{ min_luminance: '0/10000', max_luminance: '10000000/10000' },
};
const light = { side_data_type: 'Content light level metadata', max_content: 1000, max_average: 0 };
const frame = (...sideData: Record<string, string | number>[]) => ({
  stream_index: 0,
  side_data_list: sideData,
});

describe('mastering metadata', () => {
  it('is read from the first frame that has it and written in the units of each encoder', () => {
    const mastering = readMastering([frame(), frame(display, light)]);
    expect(mastering.display).toMatchObject({
      ...{ red: { x: 0.68, y: 0.32 }, white: { x: 0.3127, y: 0.329 } },
      ...{ minimumNits: 0, maximumNits: 1000 },
    });
    expect(masteringForX265(mastering)).toEqual([
      'hdr10=1',
      'master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,0)',
      'max-cll=1000,0',
    ]);
    expect(masteringForSvtAv1(mastering)).toEqual([
      'mastering-display=G(0.26500,0.69000)B(0.15000,0.06000)R(0.68000,0.32000)WP(0.31270,0.32900)L(1000.0000,0.0000)',
      'content-light=1000,0',
    ]);
  });

  it('is omitted if it is missing, incomplete or invalid', () => {
    const { red_x: _, ...halfDisplay } = display;
    const broken = { ...display, max_luminance: '1/0' };
    for (const frames of [
      [],
      [frame()],
      [frame(halfDisplay)],
      [frame(broken, { ...light, max_content: 0 })],
    ]) {
      const mastering = readMastering(frames);
      expect(mastering).toEqual({ display: null, contentLight: null });
      expect(masteringForSvtAv1(mastering)).toEqual([]);
      expect(masteringForX265(mastering)).toEqual(['hdr10=1']);
    }
  });
});
