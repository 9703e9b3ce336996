import { defaultLadderConfig } from '@fyrestream/events';
import {
  type PlannedRendition,
  type PlannedVideo,
  planEncode,
  plannedRenditions,
  readSourceFacts,
} from '@fyrestream/media';
import { expect, it } from 'vitest';
import { compareCommand, encodeCommand, readComparison } from './quality-commands.ts';

const facts = readSourceFacts(
  {
    streams: [
      {
        ...{
          index: 1,
          codec_type: 'video',
          codec_name: 'h264',
          width: 1280,
          height: 720,
          pix_fmt: 'yuv420p',
        },
        ...{ sample_aspect_ratio: '1:1', r_frame_rate: '25/1', avg_frame_rate: '25/1', duration: '4' },
        ...{ bit_rate: '20000000' },
      },
    ],
    format: { format_name: 'mov,mp4', duration: '4', size: '1' },
  },
  'mov',
);
const plan = planEncode(facts, {}, defaultLadderConfig);
const video = plan.video as PlannedVideo;
const rendition = plannedRenditions(plan)[0] as PlannedRendition;
const files = { source: 'source.mp4', target: 'out.mp4' };

it('encodes with the settings of the plan', () => {
  const command = encodeCommand(video, rendition, 'planned', files).join(' ');
  expect(command).toMatch(
    /^-i source\.mp4 -map 0:1 -vf scale=1280:720:flags=bicubic -c:v libx264 -preset veryfast -crf 22 /,
  );
  expect(command).toMatch(/ -maxrate 2800000 -bufsize 5600000 -g 50 -keyint_min 50 out\.mp4$/);
});

it('encodes at a fixed bitrate by the same preset, without a quality', () => {
  const command = encodeCommand(video, rendition, { bitrateBitsPerSecond: 1_000_000 }, files).join(' ');
  expect(command).toContain('-c:v libx264 -preset veryfast -profile:v high');
  expect(command).toContain('-b:v 1000000 -maxrate 1000000 -bufsize 2500000 -g 50');
  expect(command).not.toContain('crf');
});

it('compares with the source at the same size, with XPSNR where ffmpeg has it', () => {
  const compared = { source: 'source.mp4', encoded: 'out.mp4' };
  expect(compareCommand(video, rendition, { ...compared, withXpsnr: false }).join(' ')).not.toContain(
    'xpsnr',
  );
  expect(compareCommand(video, rendition, { ...compared, withXpsnr: true }).join(' ')).toContain(
    '[a][c]ssim;[b][d]xpsnr',
  );
});

it('reads what ffmpeg 5 and 7 print', () => {
  const ssim =
    '[Parsed_ssim_3 @ 0x55] SSIM Y:0.976522 (16.293) U:0.984 (18.1) V:0.985 (18.2) All:0.979225 (16.824)\n';
  const xpsnr = '[Parsed_xpsnr_5 @ 0x55] XPSNR  y: 38.4512  u: 42.0012  v: 42.5512  (minimum: 38.4512)\n';
  expect(readComparison(ssim)).toEqual({ ssim: 0.979225, xpsnr: null });
  expect(readComparison(ssim + xpsnr)).toEqual({ ssim: 0.979225, xpsnr: 38.4512 });
});
