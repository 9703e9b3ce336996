import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findChromium, howToGetChromium, openBrowser } from '../../local/test/players/open-browser.ts';
import { runCommandLine, startCommandLine } from './run-command-line.ts';
import { makeClip, startCloud } from './start-cloud.ts';

const chromiumPath = findChromium();
if (chromiumPath === null) console.warn(`Skipped: the player page ${howToGetChromium}.`);

/** A name that needs encoding in a URL, HTML and a shell. */
const fileName = "a #1 50% & 'é' <b>.mp4";
const chapters = `;FFMETADATA1
[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=Start
[CHAPTER]\nTIMEBASE=1/1\nSTART=1\nEND=2\ntitle=Ende & <Schluss>
`;
let cloud: Awaited<ReturnType<typeof startCloud>>;
beforeAll(async () => {
  cloud = await startCloud();
  await makeClip(cloud.folder, 'plain.mov');
  await writeFile(join(cloud.folder, 'chapters.txt'), chapters);
  const argv = [
    '-v',
    'error',
    '-i',
    'plain.mov',
    '-i',
    'chapters.txt',
    '-map_chapters',
    '1',
    '-c',
    'copy',
    fileName,
  ];
  await promisify(execFile)('ffmpeg', argv, { cwd: cloud.folder });
  expect((await cloud.run('upload', fileName, '--wait')).exitCode).toBe(0);
  expect(
    (await cloud.run('download', fileName, join(cloud.folder, fileName.replace('.mp4', '')))).exitCode,
  ).toBe(0);
});
afterAll(() => cloud.stop());

type Started = ReturnType<typeof startCommandLine>;

async function urlOf(player: Started): Promise<URL> {
  await vi.waitFor(() => expect(player.output()).toMatch(/^playing at /), 600_000);
  return new URL(player.output().replace('playing at ', '').trim());
}

async function stop({ child }: Started): Promise<void> {
  child.kill('SIGINT');
  await once(child, 'close');
}

describe('fyrestream play', () => {
  it.skipIf(chromiumPath === null).each([
    ['a job', () => cloud.start('play', fileName)],
    ['downloaded files', () => startCommandLine(['play', fileName.replace('.mp4', '')], cloud.folder)],
  ])(`%s plays in a browser, without another host (${howToGetChromium})`, async (_kind, start) => {
    const player = start();
    const browser = await openBrowser(chromiumPath ?? '');
    try {
      const url = await urlOf(player);
      const page = await browser.newPage();
      const hosts = new Set<string>();
      const problems: string[] = [];
      page.on('request', (request) => hosts.add(new URL(request.url()).host));
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('response', (response) => {
        if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
      });
      await page.goto(url.href);
      // Refused while hls.js still attaches its media.
      await vi.waitFor(() => page.evaluate('document.querySelector("video").play()'), 300_000);
      const position = () => page.evaluate<number>('document.querySelector("video").currentTime');
      await vi.waitFor(async () => expect(await position()).toBeGreaterThan(0.5), 300_000);
      expect(await page.textContent('h1')).toContain(fileName.replace('.mp4', ''));
      expect(await page.locator('#rendition option').count()).toBeGreaterThan(1);
      expect(await page.locator('#files a').count()).toBeGreaterThan(0);
      expect(await page.textContent('#playing')).toMatch(/240p/);
      expect(await page.locator('#chapters button').allTextContents()).toEqual([
        '0:00 Start',
        '0:01 Ende & <Schluss>',
      ]);
      await page.evaluate('document.querySelector("video").pause()');
      await page.getByRole('button', { name: 'Ende' }).click();
      expect(await position()).toBe(1);
      // A page that plays loads its media as blobs.
      expect([...hosts].filter((host) => host !== '')).toEqual([url.host]);
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
      await stop(player);
    }
  });

  it('serves ranges of the published files, and nothing else', async () => {
    const player = cloud.start('play', fileName);
    const url = await urlOf(player);
    const { masterUrl, files } = (await (await fetch(new URL('/video.json', url))).json()) as {
      masterUrl: string;
      files: [{ url: string }];
    };
    const master = await fetch(new URL(masterUrl, url));
    expect(master.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
    expect(await master.text()).toMatch(/^#EXTM3U/);
    const part = await fetch(new URL(files[0].url, url), { headers: { range: 'bytes=4-7' } });
    expect({ status: part.status, text: await part.text() }).toEqual({ status: 206, text: 'ftyp' });
    const beyond = await fetch(new URL(files[0].url, url), { headers: { range: 'bytes=99999999-' } });
    expect(beyond.status).toBe(416);
    for (const path of [
      '/published/..%2fletter',
      '/published/%2e%2e/x',
      '/package.json',
      '/published/none.m3u8',
    ]) {
      expect((await fetch(new URL(path, url))).status).toBe(404);
    }
    expect(await statusFor(url, 'evil.example')).toContain('403');
    await stop(player);
    expect(player.child.exitCode).toBe(0);
  });

  it('says what is missing', async () => {
    const { exitCode, notes } = await runCommandLine(['play', './nothing'], cloud.folder);
    expect({ exitCode, notes }).toEqual({
      exitCode: 2,
      notes: 'fyrestream: There is no directory ./nothing.\n',
    });
    await mkdir(join(cloud.folder, 'empty'));
    expect((await runCommandLine(['play', 'empty'], cloud.folder)).notes).toContain(
      'contains no master.m3u8',
    );
  });
});

/** The status line for a request with another Host header, which fetch does not allow. */
async function statusFor({ hostname, port }: URL, host: string): Promise<string> {
  const socket = connect(Number(port), hostname);
  socket.write(`GET /video.json HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  const [chunk] = await once(socket, 'data');
  socket.destroy();
  return String(chunk).split('\r\n')[0] ?? '';
}
