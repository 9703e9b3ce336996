import { type PlannedRendition, plannedRenditions } from '@fyrestream/media';
import { planMaterial } from '../film/plan-material.ts';
import { cutMaterial } from '../material/open-material.ts';
import { runFfmpeg } from '../measure/run-ffmpeg.ts';
import { type ComparedRendition, compareRendition } from '../quality/compare-rendition.ts';
import { sampleBitrates } from '../quality/sample-bitrates.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchRow } from './bench-row.ts';

/** Several scenes; each is encoded six times in each size. */
const maxSeconds = 30;

/** (h) What a ceiling on constant quality saves against a fixed bitrate. */
export const quality: BenchRow = {
  id: 'h',
  title: 'Bitrate of the default ladder against fixed bitrates, at equal quality',
  filmVariants: [],
  async run({ directory, material: openMaterial, report }) {
    const whole = await openMaterial();
    const material =
      whole.durationSeconds > maxSeconds ? await cutMaterial(directory, whole.path, maxSeconds) : whole;
    const plan = await planMaterial(material.path);
    const { video } = plan;
    const withXpsnr = (await runFfmpeg(['-filters'])).stdout.includes(' xpsnr ');
    const compared: ComparedRendition[] = [];
    for (const rendition of plannedRenditions(plan).filter(isInSample)) {
      if (video === null) break;
      compared.push(await compareRendition({ directory, material, video, withXpsnr }, rendition));
      report(`${rendition.height} lines are compared`);
    }
    return {
      results: compared.flatMap(({ height, planned, equalSsimBitrate, equalXpsnrBitrate }) => [
        ...ratioOf(`${height}p at equal SSIM`, planned.bitrateBitsPerSecond, equalSsimBitrate),
        ...ratioOf(`${height}p at equal XPSNR`, planned.bitrateBitsPerSecond, equalXpsnrBitrate),
      ]),
      details: [
        {
          title: 'Bitrates (kbit/s) and SSIM',
          columns: ['', 'default ladder', 'SSIM', 'fixed, equal SSIM', 'sample', 'SSIM of the sample'],
          rows: compared.map(rowOf),
        },
      ],
      notes: [
        'Encoders give the same bytes in each run, so each is run once. The first 30 s of the material are used.',
        "Fixed bitrates are those around the default ladder's, and that of the sample: the template of AWS's video-on-demand solution. All are encoded with the preset of the ladder, so this compares ways to spend bits, not encoders.",
        ...(withXpsnr ? [] : ['This ffmpeg has no filter xpsnr, which ffmpeg 7.1 has.']),
      ],
    };
  },
};

function isInSample({ width, height }: PlannedRendition): boolean {
  return sampleBitrates.has(Math.min(width, height));
}

function ratioOf(name: string, planned: number, fixed: number | null) {
  return fixed === null ? [] : [toResult(name, 'x', [planned / fixed])];
}

function rowOf({ height, planned, sample, equalSsimBitrate }: ComparedRendition): string[] {
  const kilobits = (bitsPerSecond: number | null) =>
    bitsPerSecond === null ? 'not between' : (bitsPerSecond / 1_000).toFixed(0);
  return [
    `${height}p`,
    ...[kilobits(planned.bitrateBitsPerSecond), planned.ssim.toFixed(4), kilobits(equalSsimBitrate)],
    ...[kilobits(sample.bitrateBitsPerSecond), sample.ssim.toFixed(4)],
  ];
}
