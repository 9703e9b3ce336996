import { join } from 'node:path';
import { type JobRecord, stableKey } from '@fyrestream/events';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import {
  captions,
  filmSeconds,
  makeBilingualFilm,
  makeSilentFilm,
  toneHertz,
} from './players/make-bilingual-film.ts';
import { lowerQuartile, median, onsetsOf } from './players/onsets.ts';
import { findChromium, howToGetChromium, openBrowser } from './players/open-browser.ts';
import { servePlayerPages } from './players/serve-player-pages.ts';
import { servePublished, type WebServer } from './players/serve-published.ts';
import type { Viewing } from './players/viewing.ts';
import { createTestDirectory, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

const chromiumPath = findChromium();
if (chromiumPath === null) console.warn(`Skipped: playing in a browser ${howToGetChromium}.`);

const filmKey = 'videos/a film in two languages.mkv';
const silentKey = 'videos/silent.mp4';
/**
 * The times of changes by the viewer. Segments start at 0, 6, 12 and 18 s and are requested 4 s before they are needed, so each
 * change has some seconds to the next segment and to the previous change, for slow machines.
 */
const wishes = [
  { atSeconds: 0, height: 240 },
  { atSeconds: 0, height: 360 },
  { atSeconds: 0.5, captions: 'de' },
  { atSeconds: 5, audio: 'de' },
  { atSeconds: 10, height: 240 },
];
/** Players run in real time. A busy machine loses frames and audio, so a failed test is repeated at a lower playback rate. */
const playbackRates = [1, 0.5, 0.25, 0.25];

// What it does not prove: Safari, televisions, real networks, and players that choose renditions by themselves.
describe.skipIf(chromiumPath === null)(`what was published plays (${howToGetChromium})`, () => {
  let directory: string;
  let cloud: LocalCloud;
  let pipeline: PipelineClient;
  let browser: Browser;
  let published: WebServer;
  let pages: WebServer;
  let film: JobRecord;
  let silentFilm: JobRecord;

  beforeAll(async () => {
    directory = createTestDirectory();
    cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology: testTopology() });
    pipeline = openPipelineClient(cloud.connection);
    [film, silentFilm, browser, published, pages] = await Promise.all([
      makeBilingualFilm(directory).then((path) => transcode(filmKey, path)),
      makeSilentFilm(directory).then((path) => transcode(silentKey, path)),
      openBrowser(chromiumPath ?? ''),
      servePublished(cloud.connection, pipeline.outputBucket),
      servePlayerPages(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await published?.close();
    await pages?.close();
    pipeline?.close();
    await cloud?.stop();
    removeTestDirectory(directory);
  });

  it.concurrent.for([
    { player: 'hls', fileName: 'master.m3u8' },
    { player: 'dash', fileName: 'manifest.mpd' },
    // `pnpm test:matrix` runs them.
    ...(process.env.FYRESTREAM_TEST_MATRIX === 'all'
      ? ([
          { player: 'shaka', fileName: 'master.m3u8' },
          { player: 'shaka', fileName: 'manifest.mpd' },
        ] as const)
      : []),
  ] as const)(
    'to its end in $player from $fileName, whatever is chosen on the way',
    { retry: playbackRates.length - 1 },
    async ({ player, fileName }, { task }) => {
      expect(film).toMatchObject({ status: 'succeeded', reason: null });
      const playbackRate = playbackRates[task.result?.retryCount ?? 0] ?? 1;
      const { viewing, warnings } = await watch(player, fileName, playbackRate);

      expect(warnings).toEqual([]);
      // hls.js also reports problems that it has solved: a stall of a busy machine, a segment that it loaded twice.
      expect(viewing.errors.filter(({ fatal }) => fatal)).toEqual([]);
      const { ended, currentSeconds, durationSeconds } = viewing;
      expect(`ended ${ended} at ${currentSeconds}`).toBe(`ended true at ${durationSeconds}`);
      expect(Math.abs(durationSeconds - filmSeconds)).toBeLessThan(0.05);

      expect(viewing.offered.heights.toSorted((left, right) => left - right)).toEqual([240, 360]);
      expect(viewing.offered).toMatchObject({ audioLanguages: ['en', 'de'], captionLanguages: ['de'] });
      expectEveryMoment(viewing);
      expectFrames(viewing);
      expectAudio(viewing);
      expectCaptions(viewing);
    },
  );

  it('with its subtitles, also without audio', async () => {
    expect(silentFilm).toMatchObject({ status: 'succeeded', reason: null });
    const response = await fetch(addressOf(silentKey, 'master.m3u8'));
    expect(response.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
    const master = await response.text();
    const [, uri = ''] = /TYPE=SUBTITLES,.*LANGUAGE="de".*URI="([^"]+)"/.exec(master) ?? [];
    const subtitles = await fetch(new URL('subtitles.vtt', new URL(uri, response.url)));
    expect(subtitles.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(await subtitles.text()).toContain(captions[0]?.text);
    expect(master).not.toContain('TYPE=AUDIO');
  });

  async function transcode(key: string, path: string): Promise<JobRecord> {
    return pipeline.settled((await pipeline.upload(key, path)).jobId);
  }

  function addressOf(key: string, fileName: 'master.m3u8' | 'manifest.mpd'): string {
    return `${published.url}/${stableKey(key, fileName).split('/').map(encodeURIComponent).join('/')}`;
  }

  async function watch(player: string, fileName: 'master.m3u8' | 'manifest.mpd', playbackRate: number) {
    const page = await browser.newPage({ viewport: { width: 640, height: 360 } });
    const warnings: string[] = [];
    page.on('pageerror', (error) => warnings.push(String(error)));
    page.on('response', (response) => {
      if (response.status() >= 400) warnings.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(`${pages.url}/player.html`);
    const order = { player, url: addressOf(filmKey, fileName), toneHertz, wishes, playbackRate };
    const viewing = await page.evaluate<Viewing>(`watchFilm(${JSON.stringify(order)})`);
    await page.close();
    return { viewing, warnings };
  }
});

/** Both tracks start at exactly 0, or players would not be in sync, and neither has a gap. */
function expectEveryMoment({ beginnings, buffered, jumps }: Viewing): void {
  expect(beginnings.map(({ type, seconds }) => [type.slice(0, 5), seconds]).toSorted()).toEqual([
    ['audio', 0],
    ['video', 0],
  ]);
  for (const { ranges } of buffered) {
    expect(ranges).toHaveLength(1);
    const [[begin, end] = [Number.NaN, Number.NaN]] = ranges;
    // A change of the language discards the buffer of the other language.
    expect([0, 6.016]).toContain(begin);
    expect(Math.abs(end - filmSeconds)).toBeLessThan(0.05);
  }
  // Shaka Player seeks when the language is changed; no other player ever seeks.
  expect(jumps.length).toBeLessThanOrEqual(1);
}

function expectFrames({ sizes, frames }: Viewing): void {
  expect(sizes.slice(-2).map(({ height }) => height)).toEqual([360, 240]);
  expect(median(frames.map(({ contrast }) => contrast))).toBeGreaterThan(50);
}

function expectAudio({ tones, frames }: Viewing): void {
  const english = onsetsOf(tones.map(({ atSeconds, levels }) => [atSeconds, (levels.en ?? 0) > 0.1]));
  const german = onsetsOf(tones.map(({ atSeconds, levels }) => [atSeconds, (levels.de ?? 0) > 0.1]));
  expect(english.length).toBeGreaterThanOrEqual(2);
  expect(german.length).toBeGreaterThanOrEqual(4);
  expect(Math.max(...english)).toBeLessThan(Math.min(...german));
  // Flash and beep as the browser measures them; a busy machine detects some of them late, never early. The start of the
  // buffers is exact to the millisecond.
  const flashes = onsetsOf(frames.map(({ atSeconds, contrast }) => [atSeconds, contrast < 10]));
  const sinceSecond = (onsets: number[]) => lowerQuartile(onsets.map((onset) => onset - Math.round(onset)));
  expect(Math.abs(sinceSecond(flashes) - sinceSecond([...english, ...german]))).toBeLessThan(0.08);
}

/** A busy browser may show a caption too late for the test to see it; every caption that is seen must be correct. */
function expectCaptions({ cues }: Viewing): void {
  expect(cues.length).toBeGreaterThanOrEqual(2);
  for (const { text, begin, end, atSeconds } of cues) {
    const caption = captions.find((candidate) => candidate.text === text);
    expect(caption, text).toBeDefined();
    expect(begin).toBeCloseTo(caption?.begin ?? Number.NaN, 2);
    expect(end).toBeCloseTo(caption?.end ?? Number.NaN, 2);
    expect(atSeconds).toBeGreaterThan(begin - 0.1);
  }
}
