import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '../../local/test/pipeline/make-clip.ts';
import { findChromium, howToGetChromium } from '../../local/test/players/open-browser.ts';
import { listen, servePublished, type WebServer } from '../../local/test/players/serve-published.ts';
import { bundleEmbeddedPlayer } from './film/bundle-embedded-player.ts';
import {
  captionFiles,
  captionOf,
  captionOfFile,
  chapterAt,
  chapterNames,
  filmSeconds,
  makeColourFilm,
  secondsOfColour,
  toneHertz,
} from './film/make-colour-film.ts';
import { openPlayer } from './film/player-page.ts';
import { findAccessibilityFaults } from './find-accessibility-faults.ts';
import { looks } from './looks.ts';
import { openTestConsole, pageTimeoutMilliseconds, type TestConsole } from './open-test-console.ts';

const chromiumPath = findChromium();
if (chromiumPath === null) console.warn(`Skipped: a film in the console ${howToGetChromium}.`);

const filmKey = 'videos/trips/a film & more.mkv';

// What it does not prove: other browsers, real screen readers, real networks.
describe.skipIf(chromiumPath === null)(`a film in the console (${howToGetChromium})`, () => {
  let console: TestConsole;
  let published: WebServer;
  let filmJobId: string;
  let textJobId: string;
  let deletedJobId: string;

  beforeAll(async () => {
    console = await openTestConsole(
      chromiumPath ?? '',
      {},
      { profiles: { default: { audio: { surround: 'keep' } } } },
    );
    const { directory, pipeline, cloud } = console;
    published = await servePublished(cloud.connection, pipeline.outputBucket);
    const filmPath = await makeColourFilm(directory);
    const textPath = join(directory, 'notes.mov');
    await writeFile(textPath, 'This is a text with the name of a video.');
    for (const [ending, bytes] of captionFiles) {
      const address = { bucket: pipeline.sourceBucket, key: filmKey.replace(/mkv$/, ending) };
      const headers = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
      await pipeline.store.put(address, bytes, headers);
    }
    const upload = async (key: string, path: string) => (await pipeline.upload(key, path)).jobId;
    [filmJobId, textJobId, deletedJobId] = await Promise.all([
      upload(filmKey, filmPath),
      upload('videos/notes.mov', textPath),
      makeClip(join(directory, 'deleted.mkv'), { size: '128x72', seconds: 1 }).then((path) =>
        upload('videos/deleted.mkv', path),
      ),
    ]);
  });
  afterAll(async () => {
    await published?.close();
    await console?.close();
  });

  it('appears when its job is done, and plays to its end with another quality, audio and captions', async () => {
    const { page, complaints, open, screenshot } = await console.visit();
    await open(`/films/${filmJobId}`);
    const player = await openPlayer(page);
    /** While it stands at its beginning: a busy machine may need longer for a menu than the film lasts. */
    const choose = async (...choice: Parameters<typeof player.choose>) => {
      await player.rewind();
      await player.choose(...choice);
      await player.restart();
    };
    /** On a busy machine the film may end before what was chosen is loaded. */
    const whilePlaying =
      <Value>(read: () => Promise<Value>) =>
      async (): Promise<Value> => {
        if (await player.isPaused()) await player.restart();
        return read();
      };
    expect(await player.hlsSetting('capLevelToPlayerSize')).toBe(true);
    // Stereo alone: with 5.1 each quality and language would be there twice.
    await eventually(() => player.listed('Quality')).toEqual(['360p', '240p', 'Auto']);
    await eventually(() => player.listed('Audio')).toEqual(['English', 'Deutsch']);
    await player.play();
    for (const height of [240, 360]) {
      await choose('Quality', `${height}p`);
      await eventually(whilePlaying(player.pictureHeight)).toBe(height);
    }
    for (const language of ['English', 'Deutsch'] as const) {
      await choose('Audio', language);
      await eventually(
        whilePlaying(async () => Math.abs((await player.loudestHertz()) - toneHertz[language])),
      ).toBeLessThan(30);
    }
    for (const language of ['Deutsch', 'English'] as const) {
      await choose('Captions', language);
      await eventually(whilePlaying(player.shownCaptions)).toEqual([captionOf[language]]);
    }
    for (const [name, caption] of Object.entries(captionOfFile)) {
      await choose('Captions', name);
      await eventually(whilePlaying(player.shownCaptions)).toEqual([caption]);
    }
    await screenshot('film-plays');
    await player.choose('Captions', 'Off');
    await eventually(player.shownCaptions).toEqual([]);
    await player.ended();
    expect(Math.abs((await player.currentSeconds()) - filmSeconds)).toBeLessThan(0.1);
    expect(complaints).toEqual([]);
  });

  it('shows the image and the chapter of the time under the mouse, and goes there', async () => {
    const { page, complaints, open, screenshot } = await console.visit();
    await open(`/films/${filmJobId}`);
    const player = await openPlayer(page);
    for (const seconds of [5, 13, 9]) {
      await player.pointAt(seconds / filmSeconds);
      // One image for each two seconds.
      await eventually(async () =>
        Math.abs((await secondsOfColour(await player.shownThumbnail())) - (seconds - 1)),
      ).toBeLessThan(0.7);
      await eventually(player.shownChapter).toContain(chapterAt(seconds));
      await screenshot(`film-thumbnail-${seconds}`);
      await page.mouse.down();
      await page.mouse.up();
      await eventually(async () => Math.abs((await player.currentSeconds()) - seconds)).toBeLessThan(0.5);
      await eventually(async () =>
        Math.abs((await secondsOfColour(await player.shownPicture())) - seconds),
      ).toBeLessThan(0.7);
    }
    expect(complaints).toEqual([]);
  });

  it('shows captions above the controls, not behind them', async () => {
    const { page, open, screenshot } = await console.visit();
    await open(`/films/${filmJobId}`);
    const player = await openPlayer(page);
    await player.restart();
    await eventually(player.currentSeconds).toBeGreaterThan(1);
    await page.locator('media-play-button').click();
    await eventually(player.isPaused).toBe(true);
    /** Two equal pictures in a row: colours of buttons change gradually. */
    const still = async () => {
      await page.locator('h1').click();
      let last = await player.shownMiddle();
      for (;;) {
        await page.waitForTimeout(500);
        const next = await player.shownMiddle();
        if (next.controls.equals(last.controls) && next.above.equals(last.above)) return next;
        last = next;
      }
    };
    const without = await still();
    await player.choose('Captions', 'English');
    await eventually(player.shownCaptions).toEqual([captionOf.English]);
    await eventually(async () => (await player.shownMiddle()).above.equals(without.above)).toBe(false);
    expect((await still()).controls.equals(without.controls)).toBe(true);
    await screenshot('film-captions');
  });

  it('goes to a chapter that is chosen, and shows which one plays', async () => {
    const { page, complaints, open, screenshot } = await console.visit();
    await open(`/films/${filmJobId}`);
    const player = await openPlayer(page);
    const chapters = page.getByRole('region', { name: 'Chapters' }).getByRole('listitem');
    await eventually(() => chapters.allTextContents()).toEqual(chapterNames);
    const current = () => page.locator('.chapters [aria-current=true]').textContent();
    await eventually(current).toBe(chapterNames[0]);
    await chapters.getByRole('button', { name: 'Das Ende' }).click();
    await eventually(player.currentSeconds).toBe(10);
    await eventually(current).toBe(chapterNames[1]);
    await eventually(async () =>
      Math.abs((await secondsOfColour(await player.shownPicture())) - 10),
    ).toBeLessThan(0.7);
    await screenshot('film-chapters');
    expect(await player.shownCaptions()).toEqual([]);
    await player.play();
    await eventually(player.currentSeconds).toBeGreaterThan(10.5);
    expect(complaints).toEqual([]);
  });

  it('is operated by keyboard alone', async () => {
    const { page, complaints, open } = await console.visit();
    await open(`/films/${filmJobId}`);
    const player = await openPlayer(page);
    const press = (key: string) => page.keyboard.press(key);
    const tabTo = async (name: RegExp) => {
      for (let presses = 0; presses < 60; presses++) {
        await press('Tab');
        if (name.test(await focusedName(page))) return;
      }
      throw new TypeError(`Tab does not lead to ${name}.`);
    };
    await tabTo(/^seek$/);
    for (let presses = 0; presses < 3; presses++) await press('ArrowRight');
    await eventually(player.currentSeconds).toBeGreaterThan(0.3);
    await player.loop();
    await tabTo(/^play$/);
    await press('Space');
    // Names change after the state of the video; a key that is pressed before has the effect of the old name.
    await eventually(() => focusedName(page)).toBe('pause');
    expect(await player.isPaused()).toBe(false);
    await press('Space');
    await eventually(() => focusedName(page)).toBe('play');
    expect(await player.isPaused()).toBe(true);
    await tabTo(/captions/);
    await press('Enter');
    await eventually(() => focusedName(page)).toBe('Off');
    await press('ArrowDown');
    await press('Enter');
    await eventually(player.shownCaptions).toHaveLength(1);
    await tabTo(/quality/i);
    await press('Enter');
    await press('Escape');
    const isFullscreen = () => page.evaluate(() => document.fullscreenElement !== null);
    await tabTo(/^enter full ?screen/);
    await press('Enter');
    await eventually(() => focusedName(page)).toMatch(/^exit full ?screen/);
    expect(await isFullscreen()).toBe(true);
    await press('f');
    await eventually(() => focusedName(page)).toMatch(/^enter full ?screen/);
    expect(await isFullscreen()).toBe(false);
    await tabTo(/Das Ende/);
    await press('Enter');
    await eventually(player.currentSeconds).toBe(10);
    expect(complaints).toEqual([]);
  });

  it('lists its audio tracks and captions with language, channels and default', async () => {
    const { page, complaints, open } = await console.visit();
    await open(`/films/${filmJobId}`);
    const rows = page.getByRole('region', { name: 'Audio tracks and captions' }).getByRole('row');
    await rows.first().waitFor();
    expect((await rows.allInnerTexts()).map((row) => row.split('\t').map((cell) => cell.trim()))).toEqual([
      ['Title', 'Kind', 'Language', 'Channels'],
      ['English', 'Audio, default', 'English', 'stereo'],
      ['Deutsch', 'Audio', 'German', 'stereo'],
      ['English', 'Audio', 'English', '5.1'],
      ['English', 'Captions', 'English', ''],
      ['Deutsch', 'Captions', 'German', ''],
      ['español', 'Captions', 'Spanish', ''],
      ['français', 'Captions', 'French', ''],
      ['italiano', 'Captions', 'Italian', ''],
    ]);
    expect(complaints).toEqual([]);
  });

  it('gives its files, and code that plays it on another page', async () => {
    const { page, complaints, open } = await console.visit({
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await open(`/films/${filmJobId}`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '360p H.264' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('a film & more h264-360.mp4');
    const { outputs } = (await console.pipeline.ledger.readJob(filmJobId)) ?? {};
    const rendition = outputs?.renditions.find(({ name }) => name === 'h264-360');
    expect((await stat(await download.path())).size).toBe(rendition?.sizeBytes);

    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied').waitFor();
    const code = await page.evaluate(() => navigator.clipboard.readText());
    expect(complaints).toEqual([]);
    const viewer = await listen(async (_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html>${code.replaceAll('https://media.example.com', published.url)}`);
    });
    const elsewhere = await (await console.visit()).page.context().newPage();
    await elsewhere.route('https://cdn.jsdelivr.net/**', async (route) =>
      route.fulfill({ contentType: 'text/javascript', body: await bundleEmbeddedPlayer() }),
    );
    elsewhere.setDefaultTimeout(pageTimeoutMilliseconds);
    await elsewhere.goto(viewer.url);
    const player = await openPlayer(elsewhere);
    await player.restart();
    await eventually(player.currentSeconds).toBeGreaterThan(1.5);
    expect(await elsewhere.locator('hls-video video').getAttribute('poster')).toBe(
      `${published.url}/${encodedStableFolder}/poster.jpg`,
    );
    await viewer.close();
  });

  it('opens after a new build took the files of the open page, and says what is wrong where they stay away', async () => {
    const { page } = await console.visit();
    const openFilm = async () => {
      await page.getByRole('link', { name: 'Jobs', exact: true }).first().click();
      await page
        .getByRole('link', { name: /a film & more\.mkv/ })
        .first()
        .click();
      await page.getByRole('link', { name: 'Open the film' }).click();
    };
    const files = /\/assets\/film-page-.*\.js$/;
    await page.route(files, (route) => route.fulfill({ status: 404 }), { times: 1 });
    await openFilm();
    await openPlayer(page);
    await page.route(files, (route) => route.fulfill({ status: 404 }));
    await page.reload();
    await page.getByRole('button', { name: 'Load the page again' }).waitFor();
    await page.unroute(files);
    await page.getByRole('button', { name: 'Load the page again' }).click();
    await openPlayer(page);
  });

  it('has a certificate that says every check in words', async () => {
    const { page, complaints, open } = await console.visit();
    await open(`/films/${filmJobId}`);
    await page.getByRole('link', { name: 'Certificate', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Certificate of a film & more.mkv' }).waitFor();
    const { pipeline } = console;
    const { outputs } = (await pipeline.ledger.readJob(filmJobId)) ?? {};
    const key = outputs?.certificateKey ?? '';
    const certificate = JSON.parse(await pipeline.store.readText({ bucket: pipeline.outputBucket, key }));
    const measured = certificate.checks.filter(({ bound }: { bound: string }) => !bound.startsWith('none: '));
    await page.getByText(`All ${measured.length} checks passed`).waitFor();
    const shown = await page
      .getByRole('region', { name: /^Checks: / })
      .getByRole('cell')
      .allTextContents();
    const counts = shown.filter((_cell, index) => index % 4 === 2).map(Number);
    expect(counts.reduce((sum, count) => sum + count)).toBe(certificate.checks.length);
    expect(await page.getByRole('heading', { name: 'Other checks' }).count()).toBe(0);
    for (const { why } of certificate.plan.video.branches[0].renditions)
      await page.getByRole('cell', { name: why }).first().waitFor();
    for (const version of Object.values<string>(certificate.toolVersions))
      await page.getByText(version).first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('says why there is none: the job failed, or the film was deleted', async () => {
    const { page, complaints, open, screenshot } = await console.visit();
    await console.pipeline.settled(textJobId);
    await open(`/films/${textJobId}`);
    await page
      .getByText('There is no film, because the job failed. The file is not audio or video.')
      .waitFor();
    await screenshot('film-failed');
    await page.getByRole('link', { name: 'Go to its job' }).click();
    await page.getByRole('heading', { name: 'notes.mov' }).waitFor();
    const { upload } = await console.pipeline.settled(deletedJobId);
    const version = {
      jobId: deletedJobId,
      order: { sequencer: upload.sequencer, uploadedAt: upload.uploadedAt },
    };
    await console.pipeline.ledger.recordDeletion(
      { sourceKey: upload.key, version, includesOlder: true },
      new Set([deletedJobId]),
    );
    await open(`/films/${deletedJobId}`);
    await page.getByText('This film was deleted').waitFor();
    expect(complaints).toEqual([]);
  });

  it.for(looks)(
    'has no serious finding of axe and no sideways scroll, $size in $colorScheme colours',
    async ({ colorScheme, size, viewport }) => {
      const { page, open, screenshot, complaints } = await console.visit({ colorScheme, viewport });
      const pages = {
        film: `/films/${filmJobId}`,
        certificate: `/films/${filmJobId}/certificate`,
        'film-failed': `/films/${textJobId}`,
      };
      for (const [name, path] of Object.entries(pages)) {
        await open(path);
        await page.getByText('Loading …').waitFor({ state: 'detached' });
        if (name === 'film') await openPlayer(page);
        await screenshot(`${name}-${colorScheme}-${size}`);
        expect(await findAccessibilityFaults(page), name).toEqual([]);
        const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overhang, name).toBeLessThanOrEqual(0);
      }
      expect(complaints).toEqual([]);
    },
  );
});

const encodedStableFolder = filmKey.replace('videos', 'outputs').split('/').map(encodeURIComponent).join('/');

/** A busy machine takes its time. */
function eventually<Value>(read: () => Promise<Value>) {
  return expect.poll(read);
}

/** The name that a screen reader says for what has the focus, also inside of elements with a shadow root. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return (focused?.getAttribute('aria-label') ?? focused?.textContent ?? '').trim();
  });
}
