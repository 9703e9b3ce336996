import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildVideoTrack } from '../../test/build-track-manifest.ts';
import { toArguments } from '../command/ffmpeg-command.ts';
import { previewCommand } from '../command/preview-command.ts';
import { planPreview } from './plan-preview.ts';

const trackOf = (segments: number, changes: Parameters<typeof buildVideoTrack>[1] = {}) =>
  buildVideoTrack('h264-240', { sizesBytes: Array(segments).fill(1000), ...changes });

describe('planPreview', () => {
  it('takes a second out of the middle of each fifth of a film', () => {
    const { moments } = planPreview(trackOf(10));
    expect(moments.map(({ startSeconds }) => startSeconds)).toEqual([5.5, 17.5, 29.5, 41.5, 53.5]);
    expect(new Set(moments.map(({ durationSeconds }) => durationSeconds))).toEqual(new Set([1]));
  });

  it('takes all of a short film', () => {
    expect(planPreview(trackOf(1, { lastSeconds: 3 })).moments).toEqual([
      { startSeconds: 0, durationSeconds: 3 },
    ]);
  });

  it('stays within the film, without overlaps, for any duration', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 1, max: 6 }),
        (segments, lastSeconds) => {
          const seconds = (segments - 1) * 6 + lastSeconds;
          let end = 0;
          for (const moment of planPreview(trackOf(segments, { lastSeconds })).moments) {
            expect(moment.startSeconds).toBeGreaterThanOrEqual(end);
            end = moment.startSeconds + moment.durationSeconds;
          }
          expect(end).toBeLessThanOrEqual(seconds);
        },
      ),
    );
  });

  it.each([
    ['landscape', 854, 480, 320, 180],
    ['portrait', 480, 854, 180, 320],
    ['small, not upscaled', 128, 96, 128, 96],
  ])('has the size of %s', (_, width, height, previewWidth, previewHeight) => {
    expect(planPreview(trackOf(1, { width, height })).size).toEqual({
      width: previewWidth,
      height: previewHeight,
    });
  });
});

it('reads each moment by itself and repeats for ever', () => {
  const plan = { moments: [{ startSeconds: 1.25, durationSeconds: 1 }], size: { width: 320, height: 180 } };
  expect(toArguments(previewCommand(plan, '/film.mp4', '/preview.webp')).join(' ')).toBe(
    '-hide_banner -nostdin -y -nostats -v error -max_error_rate 1 ' +
      '-protocol_whitelist file -f mov -ss 1.250 -t 1.000 -i /film.mp4 -filter_complex [0:v:0]concat=n=1,fps=12,' +
      'scale=320:180:flags=area:out_color_matrix=bt601:out_range=tv,format=yuv420p,setsar=1[preview] ' +
      '-map [preview] -c:v libwebp_anim -quality 50 -compression_level 4 -loop 0 -f webp /preview.webp',
  );
});
