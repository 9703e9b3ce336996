import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runFfmpeg } from './measure/run-ffmpeg.ts';
import { readOptions } from './read-options.ts';
import { renderRow } from './report/render-row.ts';
import { allRows } from './rows/all-rows.ts';
import { runBench } from './run-bench.ts';

let directory = '';
let file = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-bench-test-'));
  file = join(directory, 'film.mp4');
  await runFfmpeg([
    ...['-f', 'lavfi', '-i', 'testsrc2=s=256x144:r=25:d=12', '-f', 'lavfi', '-i', 'sine=d=12'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '15', '-c:a', 'aac', file],
  ]);
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Does not prove that a figure is right for a machine under load; only that each is measured. */
it('the rows that share runs of the pipeline find the parts of its CPU time, and divide the video', async () => {
  const ids = allRows.map(({ id }) => id);
  const options = readOptions(['--rows', 'a,b,d,f', '--repeat', '1', '--file', file], ids);
  const saved: string[] = [];
  const report = await runBench(options, {
    ...{ command: 'pnpm bench', directory, print: () => {} },
    onRow: async (_row, soFar) => {
      saved.push(soFar.rows.map(({ id }) => id).join());
    },
  });

  expect(report.rows[0]?.material).toContain('12.0 s of 256x144 at 25 fps, h264 with aac audio');
  expect(report.rows.map(({ id }) => id)).toEqual(['a', 'b', 'd', 'f']);
  expect(saved).toEqual(['a', 'a,b', 'a,b,d', 'a,b,d,f']);
  const results = report.rows.flatMap((row) => row.results);
  expect(results.filter(({ median }) => !(median >= 0 && Number.isFinite(median)))).toEqual([]);
  const [a, b, d, f] = report.rows;
  const parts = new Map(a?.details[1]?.rows.map(([name, cpu]) => [name, Number(cpu)]));
  for (const part of ['ffmpeg: inspection', 'ffmpeg: video', 'ffmpeg: verification', 'local cloud'])
    expect(parts.get(part), part).toBeGreaterThan(0);
  // The pipeline decodes and verifies, so it needs more than the encoders alone.
  expect(a?.results[0]?.median).toBeGreaterThan(1);
  expect(b?.results[0]?.median).toBeGreaterThan(0);
  expect(d?.details[0]?.rows.map(([, units]) => units)).toEqual(['2', '1']);
  expect(f?.results[0]?.median).toBeLessThan(100);
  for (const row of report.rows) expect(renderRow(row)).toContain('| result ');
});
