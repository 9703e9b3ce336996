import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '@fyrestream/local';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openPipelineClient, type PipelineClient } from '../../local/test/pipeline/pipeline-client.ts';
import { openBrowser } from '../../local/test/players/open-browser.ts';
import { createTestDirectory, removeTestDirectory } from '../../local/test/test-service-gateway.ts';
import { testTopology } from '../../local/test/test-topology.ts';

/** Kept after the test, to be looked at. Only with this variable: they are a good part of the time of a test. */
const takesScreenshots = process.env.FYRESTREAM_TEST_SCREENSHOTS === '1';
const screenshotFolder = join(import.meta.dirname, '..', '.screenshots');

/** Only ends a test that hangs, as the limits of all tests. */
export const pageTimeoutMilliseconds = 600_000;

/** A console in a browser, served by a local cloud of its own. */
export interface TestConsole {
  readonly directory: string;
  readonly cloud: LocalCloud;
  readonly pipeline: PipelineClient;
  /** A browser of a new visitor, on the first page, until the end of the test that called it. */
  readonly visit: (options?: BrowserContextOptions) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

export interface Visit {
  readonly page: Page;
  /** What the browser reported: errors and warnings of scripts, and refused or failed requests. */
  readonly complaints: string[];
  /** Opens a path of the console. */
  readonly open: (path: string) => Promise<void>;
  readonly screenshot: (name: string) => Promise<void>;
}

/** An endpoint that gets the events of all jobs. */
export interface TestEndpoint {
  readonly url: string;
  readonly secret: string;
}

/**
 * @param endpoints by name
 * @param settings of the stack that differ from those of other tests
 */
export async function openTestConsole(
  chromiumPath: string,
  endpoints: Readonly<Record<string, TestEndpoint>> = {},
  settings: Partial<ReturnType<typeof testTopology>> = {},
): Promise<TestConsole> {
  if (takesScreenshots) mkdirSync(screenshotFolder, { recursive: true });
  const directory = createTestDirectory();
  const dataDirectory = join(directory, 'data');
  mkdirSync(dataDirectory);
  const secrets = Object.entries(endpoints).map(([name, { secret }]) => [
    `fyrestream-webhook-local/${name}`,
    secret,
  ]);
  writeFileSync(join(dataDirectory, 'secrets.json'), JSON.stringify(Object.fromEntries(secrets)));
  const webhooks = Object.fromEntries(Object.entries(endpoints).map(([name, { url }]) => [name, { url }]));
  const cloud = await startLocalCloud({
    dataDirectory,
    topology: { ...testTopology(), webhooks, ...settings },
  });
  const pipeline = openPipelineClient(cloud.connection);
  const browser = await openBrowser(chromiumPath);
  return {
    directory,
    cloud,
    pipeline,
    visit: (options) => visit(browser, cloud, options),
    close: async () => {
      await browser.close();
      pipeline.close();
      await cloud.stop();
      removeTestDirectory(directory);
    },
  };
}

async function visit(browser: Browser, { api }: LocalCloud, options?: BrowserContextOptions): Promise<Visit> {
  // Screenshots and axe see colours that are not on their way to others.
  const context = await browser.newContext({
    ...{ viewport: { width: 1280, height: 850 }, reducedMotion: 'reduce' },
    ...options,
  });
  // A page that stays open takes a tenth of a core.
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(pageTimeoutMilliseconds);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  // The browser asks before it leaves a page that sends a file.
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(`${api.url}/#token=${api.token}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return {
    page,
    complaints,
    open: async (path) => {
      await page.goto(api.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
    screenshot: async (name) => {
      if (takesScreenshots)
        await page.screenshot({ path: join(screenshotFolder, `${name}.png`), fullPage: true });
    },
  };
}
