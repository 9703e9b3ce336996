import { defaultLadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { serializeFilterGraph } from '../src/command/filter-graph.ts';
import { videoFilterGraph } from '../src/command/video-filter-graph.ts';
import { planEncode } from '../src/index.ts';
import { factsOf, videoStream } from './ffprobe-fixtures.ts';
import { runTool } from './run-tool.ts';

/** Real scalers on frames with hard edges and grain. Encoders are not tested here. */
describe('a rendition that is scaled four times', () => {
  it('looks like one that is scaled once, and has its exact size with square pixels', async () => {
    const { video } = planEncode(factsOf([videoStream()]), {}, defaultLadderConfig);
    if (video === null) throw new Error('The plan has no video.');
    const graph = [
      '[0:0]split=2[source][direct]',
      serializeFilterGraph(videoFilterGraph(video))
        .replace('[0:0]', '[source]')
        .replace('[out-h264-240]', ',showinfo[out-h264-240]'),
      '[direct]scale=426:240:flags=bicubic,setsar=1[once]',
      '[out-h264-240][once]ssim[compared]',
    ].join(';');
    const detailed = 'testsrc2=size=1920x1080:rate=30,noise=alls=20:allf=t,format=yuv420p';
    const end = ['-frames:v', '15', '-f', 'null', '-'];
    const others = video.branches[0]?.renditions.slice(0, -1).map(({ id }) => `out-${id}`) ?? [];
    const { stderr } = await runTool('ffmpeg', [
      ...['-nostdin', '-v', 'info', '-f', 'lavfi', '-i', detailed, '-filter_complex', graph],
      ...[...others, 'compared'].flatMap((label) => ['-map', `[${label}]`, ...end]),
    ]);
    expect(others).toHaveLength(4);
    const sizes = [...stderr.matchAll(/ sar:(\S+) s:(\S+) /g)].map(([, aspect, size]) => `${size} ${aspect}`);
    expect(new Set(sizes)).toEqual(new Set(['426x240 1/1']));
    const [, similarity] = /SSIM .*All:([\d.]+)/.exec(stderr) ?? [];
    expect(Number(similarity)).toBeGreaterThan(0.99);
  });
});
