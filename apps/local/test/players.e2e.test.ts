import { join } from 'node:path';
import { type JobRecord, stableKey } from '@fyrestream/events';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { openPipeline, type Pipeline } from './pipeline/pipeline.ts';
import {
  captions,
  filmSeconds,
  makeBilingualFilm,
  makeSilentFilm,
  toneHertz,
} from './players/make-bilingual-film.ts';
import { median, onsetsOf } from './players/onsets.ts';
import { findChromium, howToGetChromium, openBrowser } from './players/open-browser.ts';
import { servePlayerPages } from './players/serve-player-pages.ts';
import { servePublished, type WebServer } from './players/serve-published.ts';
import type { Viewing } from './players/viewing.ts';
import { createTestDirectory, removeTestDirectory } from './test-parts.ts';
import { testTopology } from './test-topology.ts';

const chromiumPath = findChromium();
if (chromiumPath === null) console.warn(`Skipped: playing in a browser ${howToGetChromium}.`);

const filmKey = 'videos/a film in two languages.mkv';
const silentKey = 'videos/silent.mp4';
/** When the viewer changes his mind; segments begin at 0, 6 and 12 s. */
const wishes = [
  { atSeconds: 0, height: 240 },
  { atSeconds: 0.5, captions: 'de' },
  { atSeconds: 1, height: 720 },
  { atSeconds: 5, audio: 'de' },
  { atSeconds: 7.5, height: 360 },
];

// What it does not prove: Safari, televisions, real networks, and players that choose renditions by themselves.
describe.skipIf(chromiumPath === null)(`what was published plays (${howToGetChromium})`, () => {
  let directory: string;
  let cloud: LocalCloud;
  let pipeline: Pipeline;
  let browser: Browser;
  let published: WebServer;
  let pages: WebServer;
  let film: JobRecord;
  let silentFilm: JobRecord;

  beforeAll(async () => {
    directory = createTestDirectory();
    cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology: testTopology() });
    pipeline = openPipeline(cloud.connection);
    [film, silentFilm, browser, published, pages] = await Promise.all([
      makeBilingualFilm(directory).then((path) => transcode(filmKey, path)),
      makeSilentFilm(directory).then((path) => transcode(silentKey, path)),
      openBrowser(chromiumPath ?? ''),
      servePublished(cloud.connection, pipeline.outputBucket),
      servePlayerPages(),
    ]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await published?.close();
    await pages?.close();
    pipeline?.close();
    await cloud?.stop();
    removeTestDirectory(directory);
  });

  it.concurrent.each([
    { player: 'hls', fileName: 'master.m3u8' },
    { player: 'dash', fileName: 'manifest.mpd' },
    { player: 'shaka', fileName: 'master.m3u8' },
    { player: 'shaka', fileName: 'manifest.mpd' },
  ] as const)('to its end in $player from $fileName, whatever is chosen on the way', async (choice) => {
    expect(film).toMatchObject({ status: 'succeeded', reason: null });
    const { viewing, complaints } = await watch(choice.player, choice.fileName);

    expect(complaints).toEqual([]);
    expect(viewing.errors).toEqual([]);
    expect(viewing).toMatchObject({ ended: true });
    expect(viewing.currentSeconds).toBeCloseTo(viewing.durationSeconds, 1);
    expect(Math.abs(viewing.durationSeconds - filmSeconds)).toBeLessThan(0.05);

    expect(viewing.offered.heights.toSorted((left, right) => left - right)).toEqual([240, 360, 480, 720]);
    expect(viewing.offered).toMatchObject({ audioLanguages: ['en', 'de'], captionLanguages: ['de'] });
    expectEveryMoment(viewing);
    expectPictures(viewing);
    expectSound(viewing);
    expectCaptions(viewing);
  });

  it('with its subtitles also where it has no sound', async () => {
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

  async function watch(player: string, fileName: 'master.m3u8' | 'manifest.mpd') {
    const page = await browser.newPage({ viewport: { width: 640, height: 360 } });
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(`${pages.url}/player.html`);
    const order = { player, url: addressOf(filmKey, fileName), toneHertz, wishes };
    const viewing = await page.evaluate<Viewing>(`watchFilm(${JSON.stringify(order)})`);
    await page.close();
    return { viewing, complaints };
  }
});

/** Both tracks begin at 0 exactly, or players show them apart, and neither has a gap. */
function expectEveryMoment({ buffered, jumps }: Viewing): void {
  expect(buffered.map(({ type }) => type.slice(0, 5)).toSorted()).toEqual(['audio', 'video']);
  for (const { ranges } of buffered) {
    expect(ranges).toHaveLength(1);
    const [[begin, end] = [Number.NaN, Number.NaN]] = ranges;
    expect(begin).toBe(0);
    expect(Math.abs(end - filmSeconds)).toBeLessThan(0.05);
  }
  // Shaka Player looks for its place anew when the language is changed; nobody else ever jumps.
  expect(jumps.filter((atSeconds) => atSeconds < 5 || atSeconds > 6)).toEqual([]);
}

function expectPictures({ sizes, pictures }: Viewing): void {
  const shown = sizes.map(({ width, height }) => `${width}x${height}`);
  expect(shown.slice(-2)).toEqual(['1280x720', '640x360']);
  expect(shown.length).toBeGreaterThanOrEqual(3);
  expect(median(pictures.map(({ contrast }) => contrast))).toBeGreaterThan(50);
}

function expectSound({ tones, pictures }: Viewing): void {
  const english = onsetsOf(tones.map(({ atSeconds, levels }) => [atSeconds, (levels.en ?? 0) > 0.1]));
  const german = onsetsOf(tones.map(({ atSeconds, levels }) => [atSeconds, (levels.de ?? 0) > 0.1]));
  expect(english.length).toBeGreaterThanOrEqual(3);
  expect(german.length).toBeGreaterThanOrEqual(6);
  expect(Math.max(...english)).toBeLessThan(Math.min(...german));
  // Flash and beep, as a browser can tell on a busy machine; to the millisecond it is what the buffers begin with.
  const flashes = onsetsOf(pictures.map(({ atSeconds, contrast }) => [atSeconds, contrast < 10]));
  const sinceSecond = (onsets: number[]) => median(onsets.map((onset) => onset - Math.round(onset)));
  expect(Math.abs(sinceSecond(flashes) - sinceSecond([...english, ...german]))).toBeLessThan(0.08);
}

function expectCaptions({ cues }: Viewing): void {
  expect(cues.map(({ text }) => text)).toEqual(captions.map(({ text }) => text));
  for (const [index, cue] of cues.entries()) {
    expect(cue.begin).toBeCloseTo(captions[index]?.begin ?? Number.NaN, 2);
    expect(cue.end).toBeCloseTo(captions[index]?.end ?? Number.NaN, 2);
  }
}
