import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '../../local/test/pipeline/make-clip.ts';
import { useSlowEncoder } from '../../local/test/pipeline/slow-encoder.ts';
import { findChromium, howToGetChromium } from '../../local/test/players/open-browser.ts';
import { createTestDirectory, removeTestDirectory } from '../../local/test/test-service-gateway.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../local/test/webhooks/webhook-receiver.ts';
import { dropFiles } from './drop-files.ts';
import { findAccessibilityFaults } from './find-accessibility-faults.ts';
import { looks } from './looks.ts';
import { openTestConsole, type TestConsole } from './open-test-console.ts';

const chromiumPath = findChromium();
if (chromiumPath === null) console.warn(`Skipped: the console in a browser ${howToGetChromium}.`);

const filmSeconds = 4;
/** Of real time: its progress is to be seen, on every machine. */
const encodeSpeed = 0.4;

// What it does not prove: other browsers, real screen readers, and deployed stacks.
describe.skipIf(chromiumPath === null)(`the console (${howToGetChromium})`, () => {
  let console: TestConsole;
  let filmJobId: string;
  let textJobId: string;
  let studio: WebhookReceiver;
  let closed: WebhookReceiver;
  let programs: string;
  let useFastEncoder: (() => void) | undefined;

  beforeAll(async () => {
    programs = createTestDirectory();
    useFastEncoder = await useSlowEncoder(join(programs, 'slow'), encodeSpeed);
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    studio = await startWebhookReceiver(secret, () => 200);
    closed = await startWebhookReceiver(secret, () => 410);
    console = await openTestConsole(chromiumPath ?? '', {
      studio: { url: studio.url, secret },
      closed: { url: closed.url, secret },
    });
    const { directory, pipeline } = console;
    const textPath = join(directory, 'notes.mov');
    await writeFile(textPath, 'This is a text with the name of a video.');
    ({ jobId: textJobId } = await pipeline.upload('videos/acme/notes.mov', textPath));
    await pipeline.settled(textJobId);
  });
  afterAll(async () => {
    await console?.close();
    await Promise.all([studio?.close(), closed?.close()]);
    useFastEncoder?.();
    removeTestDirectory(programs);
  });

  it('takes a film that is dropped, says what it will become, and shows its rungs until it is published', async () => {
    const folder = join(console.directory, 'trips');
    await mkdir(folder);
    await makeClip(join(folder, 'holiday.mp4'), { seconds: filmSeconds });
    await writeFile(join(folder, '.DS_Store'), 'Not for upload.');
    const { page, complaints, screenshot } = await console.visit();
    await page.getByRole('link', { name: 'Upload' }).first().click();
    await dropFiles(page, '.file-drop', [folder]);
    const row = page.getByRole('listitem').filter({ hasText: 'trips/holiday.mp4' });
    await row.getByText(/renditions up to 640×360 · .*\$/).waitFor();
    await page.getByRole('textbox', { name: /Folder/ }).fill('/acme/');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await screenshot(`upload-chosen-${colorScheme}`);
      expect(await findAccessibilityFaults(page), colorScheme).toEqual([]);
    }
    await page.getByRole('button', { name: 'Upload 1 file' }).click();
    await row.getByText('Uploaded').waitFor();
    const link = row.getByRole('link', { name: 'acme/trips/holiday.mp4' });
    filmJobId = (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
    // Before, the page waits for the record, and the browser complains about the answer 404.
    await expect.poll(() => console.pipeline.ledger.readJob(filmJobId)).not.toBeNull();
    await link.click();
    const seen = new Set<number>();
    const bar = page.getByRole('progressbar', { name: 'Progress of the job' });
    const opener = page.getByRole('link', { name: 'Open the film' });
    while (!(await opener.isVisible())) {
      const value = await bar.getAttribute('aria-valuenow', { timeout: 1_000 }).catch(() => null);
      if (value !== null && !seen.has(Number(value))) {
        seen.add(Number(value));
        if (seen.size === 3) await screenshot('job-running');
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect([...seen].filter((value) => value > 0 && value < 100).length).toBeGreaterThan(1);
    expect([...seen]).toEqual([...seen].toSorted((a, b) => a - b));
    await page.getByRole('rowheader', { name: 'h264-360' }).first().waitFor();
    const { status, outputs } = (await console.pipeline.ledger.readJob(filmJobId)) ?? {};
    expect(status).toBe('succeeded');
    expect(await page.getByRole('region', { name: 'Published renditions' }).getByRole('row').count()).toBe(
      1 + (outputs?.renditions.length ?? 0),
    );
    await page.getByRole('button', { name: 'Show the log' }).click();
    await page.getByRole('region', { name: 'Lines of the log' }).getByText('worker').first().waitFor();
    await screenshot('job-succeeded');
    expect(complaints).toEqual([]);
  });

  it('lists the events of a job, when they were published, and which endpoint has them', async () => {
    const { page, complaints, open } = await console.visit();
    await open(`/jobs/${filmJobId}`);
    const events = page.getByRole('region', { name: 'Events of the job' });
    // The last event comes after the end of the job, with its bill.
    await events.getByRole('rowheader', { name: 'job-billed' }).waitFor();
    const { announced = [] } = (await console.pipeline.ledger.readJob(filmJobId)) ?? {};
    const kinds = announced.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['job-queued', 'job-started', 'job-succeeded']));
    expect(await events.getByRole('rowheader').allTextContents()).toEqual(kinds);
    for (const { eventId } of announced)
      await events.getByRole('cell', { name: eventId, exact: true }).waitFor();
    await expect.poll(() => events.getByText('not published yet').count()).toBe(0);
    await expect.poll(() => announced.every(({ eventId }) => studio.taken.has(eventId))).toBe(true);
    await page.getByRole('button', { name: 'Show deliveries' }).click();
    await expect
      .poll(async () => {
        await page.getByRole('button', { name: 'Read deliveries again' }).click();
        return events.getByText(/studio: \d+ /).count();
      })
      .toBe(kinds.length);
    expect(complaints).toEqual([]);
  });

  it('shows an endpoint that is disabled and the events that it did not get, and sends them again', async () => {
    const { page, complaints, open, screenshot } = await console.visit();
    await open('/stack');
    const endpoint = page.getByRole('row', { name: /^closed / });
    await endpoint.getByText('disabled', { exact: true }).waitFor();
    await endpoint.getByText(/answered 410\. Disabled since .* send its dead letters again/).waitFor();
    await page.getByRole('row', { name: /^studio .* working/ }).waitFor();
    const letters = page.getByRole('region', { name: 'Dead letters: Webhooks' });
    await letters.getByRole('rowheader', { name: /^job-failed .* for the webhook closed$/ }).waitFor();
    await letters
      .getByText(/answered 410/)
      .first()
      .waitFor();
    for (const { size, viewport } of looks) {
      await page.setViewportSize(viewport);
      await screenshot(`stack-webhook-disabled-${size}`);
      await expectNoFaults(page, size);
    }
    expect(closed.taken.size).toBe(0);
    closed.setBehaviour(() => 200);
    await page.getByRole('button', { name: 'Enable endpoints and send again' }).click();
    await page.getByText(/^\d+ messages sent back/).waitFor();
    await endpoint.getByText('working', { exact: true }).waitFor();
    await expect.poll(() => [...closed.taken.keys()].toSorted()).toEqual([...studio.taken.keys()].toSorted());
    expect(complaints).toEqual([]);
  });

  it('says why a job failed and what to do, and retries it, by keyboard alone', async () => {
    const { page, complaints } = await console.visit();
    const { press, tabTo } = keyboardOf(page);
    await press('Tab');
    await press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');
    await tabTo('all');
    for (let presses = 0; presses < 4; presses++) await press('ArrowRight');
    await press('Space');
    await page.waitForURL(/status=failed/);
    await tabTo('notes.mov');
    await press('Enter');
    await page.getByText('The file is not audio or video. It is text.').waitFor();
    await page.getByText('Check that you sent the right file').waitFor();
    // It was neither estimated nor encoded: no section without content.
    expect(await page.getByRole('heading', { name: 'Cost' }).count()).toBe(0);
    const before = await console.pipeline.ledger.readJob(textJobId);
    await tabTo('Retry');
    await press('Enter');
    await expect
      .poll(async () => (await console.pipeline.settled(textJobId)).version)
      .toBeGreaterThan(before?.version ?? 0);
    await page.getByText('The file is not audio or video. It is text.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('sends a file by keyboard alone', async () => {
    const { page, complaints } = await console.visit();
    const { press, tabTo } = keyboardOf(page);
    // Long before the key that opens it: the browser must know first that the test answers it.
    const chooser = page.waitForEvent('filechooser');
    const path = join(console.directory, 'letter.mov');
    await writeFile(path, 'A letter with the name of a video.');
    await tabTo('Upload');
    await press('Enter');
    await page.getByRole('heading', { name: 'Upload' }).waitFor();
    await tabTo('Choose files');
    await press('Enter');
    await (await chooser).setFiles(path);
    await tabTo('Upload 1 file');
    await press('Enter');
    const link = page.getByRole('link', { name: 'letter.mov' });
    const jobId = (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
    // Before, the browser complains about the answer 404.
    await expect.poll(() => console.pipeline.ledger.readJob(jobId)).not.toBeNull();
    // The button is gone, and the focus is on the list.
    await press('Tab');
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    await press('Enter');
    await page.getByText('Check that you sent the right file').waitFor();
    expect(complaints).toEqual([]);
  });

  it('changes several jobs at once', async () => {
    const { page } = await console.visit();
    await page.getByRole('searchbox', { name: 'Search by name' }).fill('NOTES');
    await page.waitForURL(/search=NOTES/);
    // Rows move when the answer arrives. A key reaches the box wherever it is.
    const box = page.getByRole('checkbox', { name: 'Select notes.mov' });
    await box.press('Space');
    await expect.poll(() => box.isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('1 job queued again.').waitFor();
    await console.pipeline.settled(textJobId);
  });

  it('has no serious finding of axe and no sideways scroll, in light and dark colours, wide and narrow', async () => {
    const { page, complaints, open, screenshot } = await console.visit();
    const pages = [
      { name: 'jobs', path: '/', shows: 'notes.mov' },
      { name: 'job', path: `/jobs/${filmJobId}`, shows: 'Published' },
      { name: 'job-failed', path: `/jobs/${textJobId}`, shows: 'Code: not-media' },
      {
        name: 'upload',
        path: '/upload',
        shows: 'Drop videos with their captions and further audio, or folders, here',
      },
      { name: 'stack', path: '/stack', shows: 'AWS starts the tasks of queued jobs' },
      { name: 'not-found', path: '/nowhere', shows: 'No such page' },
    ];
    for (const { name, path, shows } of pages) {
      await open(path);
      await page.getByText(shows).first().waitFor();
      await expect.poll(() => page.getByText('Loading …').count()).toBe(0);
      for (const { colorScheme, size, viewport } of looks) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(viewport);
        await screenshot(`${name}-${colorScheme}-${size}`);
        await expectNoFaults(page, `${name}, ${colorScheme}, ${size}`);
      }
    }
    expect(complaints).toEqual([]);
  });

  it('loads less than 300 kB first, asks nobody but its server, and runs no script but its own', async () => {
    const { page, complaints } = await console.visit();
    await page.getByRole('link', { name: 'notes.mov' }).waitFor();
    const loaded = await page.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(
        (entry) => ({ url: entry.name, bytes: (entry as PerformanceResourceTiming).encodedBodySize }),
      ),
    );
    expect(loaded.length).toBeGreaterThan(2);
    expect(loaded.filter(({ url }) => new URL(url).origin !== new URL(console.cloud.api.url).origin)).toEqual(
      [],
    );
    expect(loaded.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(300_000);
    expect(complaints).toEqual([]);
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "It ran."';
      document.head.append(script);
      document.body.setAttribute('onclick', 'document.title = "It ran."');
      document.body.click();
      const elsewhere = await fetch('http://127.0.0.1:9/').catch(String);
      return { title: document.title, elsewhere: String(elsewhere) };
    });
    expect(outcome).toEqual({ title: 'Jobs · Fyrestream', elsewhere: expect.stringMatching(/TypeError/) });
    expect(complaints.filter((text) => /Content Security Policy/.test(text)).length).toBeGreaterThan(2);
  });

  it('asks for the token where there is none, and where it is not valid', async () => {
    const { page, open } = await console.visit();
    await page.evaluate(() => sessionStorage.setItem('fyrestream-token', 'wrong'));
    await open('/stack');
    await page.getByRole('heading', { name: 'The token is not valid any more' }).waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await findAccessibilityFaults(page), colorScheme).toEqual([]);
    }
    await page.getByRole('textbox').fill(`http://x/#token=${console.cloud.api.token}`);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { name: 'Stack' }).waitFor();
    // A new tab gets it from this one.
    const tab = await page.context().newPage();
    await tab.goto(`${console.cloud.api.url}/upload`);
    await tab.getByRole('heading', { name: 'Upload' }).waitFor();
  });
});

/** No serious finding of axe, and no sideways scroll. */
async function expectNoFaults(page: Page, state: string): Promise<void> {
  expect(await findAccessibilityFaults(page), state).toEqual([]);
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overhang, state).toBeLessThanOrEqual(0);
}

/** The keyboard of a person who sees what has the focus. */
function keyboardOf(page: Page) {
  const press = (key: string) => page.keyboard.press(key);
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 60; presses++) {
      await press('Tab');
      const focused = page.locator(':focus');
      const label = (await focused.getAttribute('aria-label')) ?? (await focused.textContent());
      if (label === name) return;
    }
    throw new TypeError(`Tab does not lead to ${name}.`);
  };
  return { press, tabTo };
}
