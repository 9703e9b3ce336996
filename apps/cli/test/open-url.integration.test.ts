import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { findChromium, howToGetChromium, openBrowser } from '../../local/test/players/open-browser.ts';
import { openPseudoTerminal } from './pseudo-terminal.ts';
import { commandLineBundle } from './run-command-line.ts';
import { startCloud } from './start-cloud.ts';

const chromiumPath = findChromium();
if (chromiumPath === null) console.warn(`Skipped: opening the console ${howToGetChromium}.`);

let cloud: Awaited<ReturnType<typeof startCloud>>;
/** The arguments of the program that opens the browser. */
let argumentsPath: string;
beforeAll(async () => {
  cloud = await startCloud();
  argumentsPath = join(cloud.folder, 'arguments');
  const programs = join(cloud.folder, 'bin');
  mkdirSync(programs);
  for (const name of ['xdg-open', 'open']) {
    writeFileSync(join(programs, name), `#!/bin/sh\nprintf '%s\\n' "$@" > '${argumentsPath}'\n`);
    chmodSync(join(programs, name), 0o755);
  }
});
afterAll(() => cloud.stop());

it.skipIf(chromiumPath === null)(
  `the token of the console is not on a command line, where other users read it, and a browser gets in (${howToGetChromium})`,
  async () => {
    const path = `${join(cloud.folder, 'bin')}${delimiter}${process.env.PATH}`;
    const terminal = openPseudoTerminal(
      ['DISPLAY=:0', `PATH=${path}`, process.execPath, commandLineBundle, 'console', '--data', 'data'],
      { columns: 120, rows: 20, cwd: cloud.folder, program: 'env' },
    );
    expect(await terminal.ended).toBe(0);
    const { url, token } = JSON.parse(readFileSync(join(cloud.folder, 'data', 'api.json'), 'utf8'));
    await vi.waitFor(() => expect(existsSync(argumentsPath)).toBe(true), 600_000);
    const opened = readFileSync(argumentsPath, 'utf8').trim();
    expect(opened).not.toContain(token);
    expect(opened).toMatch(/^file:\/\/\S+\.html$/);
    expect(statSync(fileURLToPath(opened)).mode & 0o777).toBe(0o600);
    const browser = await openBrowser(chromiumPath ?? '');
    try {
      const page = await browser.newPage();
      const answer = page.waitForResponse((response) => response.url().startsWith(`${url}/v1/jobs`));
      await page.goto(opened);
      await page.waitForURL((address) => address.origin === url);
      expect((await answer).status()).toBe(200);
    } finally {
      await browser.close();
    }
  },
);
