import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '../../local/test/pipeline/make-clip.ts';
import { findChromium, howToGetChromium } from '../../local/test/players/open-browser.ts';
import { findAccessibilityFaults } from './find-accessibility-faults.ts';
import { openTestConsole, type TestConsole } from './open-test-console.ts';
import { slowNetwork } from './slow-network.ts';

const chromiumPath = findChromium();
if (chromiumPath === null) console.warn(`Skipped: uploads in a browser ${howToGetChromium}.`);

const smallRung = { shortEdgePixels: 120, constantRateFactor: 30, maximumBitrateBitsPerSecond: 200_000 };
const partBytes = 16 * 2 ** 20;
const partCount = 6;
/** Some parts are stored when the upload is interrupted. */
const bytesPerSecond = 40 * 2 ** 20;

// What it does not prove: other browsers, and files of many GB.
describe.skipIf(chromiumPath === null)(`uploads of the console (${howToGetChromium})`, () => {
  let console: TestConsole;

  beforeAll(async () => {
    console = await openTestConsole(
      chromiumPath ?? '',
      {},
      {
        profiles: { small: { ladders: [{ codec: 'h264', speed: 'ultrafast', rungs: [smallRung] }] } },
      },
    );
  });
  afterAll(() => console?.close());

  it('go on where they were when the network is back', async () => {
    const path = await makeFile('offline.bin');
    const { page } = await console.visit();
    const network = await slowNetwork(page, bytesPerSecond);
    const puts = countPuts(page);
    await chooseAndStart(page, path);
    await partStored(puts);
    const tried = countFailures(page);
    await network.setOffline(true);
    // More than are sent at the same time: some are tried again.
    await tried(partCount);
    expect(await row(page, 'offline.bin').getByRole('button', { name: 'Pause' }).isVisible()).toBe(true);
    await network.end();
    await row(page, 'offline.bin').getByText('Uploaded').waitFor();
    expect(await storedHash('videos/offline.bin')).toBe(await hashOf(path));
    expect(puts.stored.length).toBe(partCount);
  });

  it('go on after a reload when their file is chosen again, and send no part twice', async () => {
    const path = await makeFile('reload.bin');
    const { page } = await console.visit();
    const network = await slowNetwork(page, bytesPerSecond);
    const puts = countPuts(page);
    await chooseAndStart(page, path);
    await partStored(puts);
    await page.reload();
    const storedBefore = [...puts.stored];
    puts.sent.length = 0;
    await row(page, 'reload.bin').getByText('interrupted: choose the file again to go on').waitFor();
    await network.end();
    await chooseFile(page, path);
    await row(page, 'reload.bin').getByText('Uploaded').waitFor();
    expect(await storedHash('videos/reload.bin')).toBe(await hashOf(path));
    expect(storedBefore.length).toBeGreaterThan(0);
    expect(puts.sent.length).toBe(new Set(puts.sent).size);
    expect(puts.sent.filter((part) => storedBefore.includes(part))).toEqual([]);
  });

  it('are made by the profile that is chosen for them, and have the title that is written, their captions and further audio', async () => {
    await makeClip(join(console.directory, 'holiday.mp4'), { seconds: 2 });
    const { page, complaints, open, screenshot } = await console.visit();
    await open('/upload');
    const captions = join(console.directory, 'holiday.en.srt');
    await writeFile(captions, '1\n00:00:00,000 --> 00:00:01,000\nHello\n');
    const audio = join(console.directory, 'holiday.de.m4a');
    await makeClip(audio, { seconds: 2, video: false });
    await chooseFile(page, join(console.directory, 'holiday.mp4'), captions, audio);
    for (const name of ['holiday.en.srt', 'holiday.mp4.de.m4a'])
      await row(page, name).getByText('Belongs to its video').waitFor();
    const sent = row(page, 'holiday.mp4').filter({ hasNotText: '.m4a' });
    await sent.getByText(/^2 renditions up to 640×360 · /).waitFor();
    await page.getByLabel('Profile').selectOption('small');
    await sent.getByText(/^1 rendition up to 214×120 · /).waitFor();
    await page.getByRole('textbox', { name: 'Title' }).fill('Größe 😀');
    for (const viewport of [
      { width: 1280, height: 850 },
      { width: 360, height: 740 },
    ]) {
      await page.setViewportSize(viewport);
      await screenshot(`upload-profile-${viewport.width}`);
      expect(await findAccessibilityFaults(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Upload 3 files' }).click();
    await row(page, 'holiday.en.srt').getByText('Uploaded').waitFor();
    await sent.getByText('Uploaded').waitFor();
    const link = sent.getByRole('link', { name: 'holiday.mp4' });
    const jobId = (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
    const { status, making, outputs } = await console.pipeline.settled(jobId);
    expect([status, making]).toEqual([
      'succeeded',
      { profile: 'small', from: 'metadata', options: { title: 'Größe 😀' } },
    ]);
    expect(outputs?.renditions.flatMap(({ height }) => height ?? [])).toEqual([120]);
    const files = await console.pipeline.store.list(console.pipeline.outputBucket, outputs?.prefix ?? '');
    expect(files.some(({ key }) => key.endsWith('.vtt'))).toBe(true);
    const { store, outputBucket: bucket } = console.pipeline;
    const certificate = JSON.parse(await store.readText({ bucket, key: outputs?.certificateKey ?? '' }));
    expect(certificate.plan.audio.map(({ language }: { language: string }) => language)).toEqual([
      null,
      'de',
    ]);
    await link.click();
    const facts = page.getByRole('region', { name: 'Job', exact: true });
    await facts.getByText('small, named by the upload').waitFor();
    await facts.getByText('title: Größe 😀').waitFor();
    expect(complaints).toEqual([]);
  });

  async function makeFile(name: string): Promise<string> {
    const path = join(console.directory, name);
    await writeFile(path, randomBytes(partBytes * (partCount - 1) + 1_000));
    return path;
  }

  async function storedHash(key: string): Promise<string> {
    const copy = join(console.directory, 'copy');
    const { store, sourceBucket } = console.pipeline;
    await store.download({ bucket: sourceBucket, key }, copy);
    return hashOf(copy);
  }
});

async function chooseAndStart(page: Page, path: string): Promise<void> {
  await page.getByRole('link', { name: 'Upload' }).first().click();
  await chooseFile(page, path);
  await page.getByRole('button', { name: 'Upload 1 file' }).click();
}

async function chooseFile(page: Page, ...paths: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(paths);
}

function row(page: Page, name: string) {
  return page.getByRole('listitem').filter({ hasText: name });
}

interface Puts {
  /** The numbers of the parts that the page sends, and of those that S3 accepted, in this order. */
  readonly sent: number[];
  readonly stored: number[];
  readonly onStored: Set<() => void>;
}

function countPuts(page: Page): Puts {
  const puts: Puts = { sent: [], stored: [], onStored: new Set() };
  const partOf = (request: Request) => Number(new URL(request.url()).searchParams.get('partNumber'));
  page.on('request', (request) => {
    if (request.method() === 'PUT') puts.sent.push(partOf(request));
  });
  page.on('requestfinished', (request) => {
    if (request.method() !== 'PUT') return;
    puts.stored.push(partOf(request));
    for (const notify of puts.onStored) notify();
  });
  return puts;
}

/** @returns waits until so many requests have failed */
function countFailures(page: Page): (count: number) => Promise<void> {
  let failures = 0;
  const onFailure = new Set<() => void>();
  page.on('requestfailed', () => {
    failures += 1;
    for (const notify of onFailure) notify();
  });
  return (count) =>
    new Promise((resolve) =>
      onFailure.add(() => {
        if (failures >= count) resolve();
      }),
    );
}

function partStored(puts: Puts): Promise<void> {
  return new Promise((resolve) => puts.onStored.add(resolve));
}

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
