import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
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
const encryption = { method: 'AES-128' as const, keyUrl: 'https://keys.example.com/{jobId}/{token}' };
let cloud: Awaited<ReturnType<typeof startCloud>>;
beforeAll(async () => {
  cloud = await startCloud({ profiles: { vault: { encryption } } });
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
  await makeClip(cloud.folder, 'secret.mp4', { size: '160x120', seconds: 1 });
  expect((await cloud.run('upload', 'secret.mp4', '--profile', 'vault', '--wait')).exitCode).toBe(0);
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
    mkdirSync(join(cloud.folder, 'empty'));
    expect((await runCommandLine(['play', 'empty'], cloud.folder)).notes).toContain(
      'contains no master.m3u8',
    );
  });
});

describe('an encrypted film', () => {
  it('has a key, which its operator sees, and others have none', async () => {
    const { output, exitCode } = await cloud.run('key', 'secret.mp4');
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^[0-9a-f]{32}\n$/);
    const [shown] = await cloud.linesOf('key', 'secret.mp4');
    const [job] = await cloud.linesOf('job', 'secret.mp4');
    const { token } = (job?.publication ?? {}) as { token?: number };
    expect(shown).toEqual({ jobId: job?.jobId, token, method: 'AES-128', key: output.trim() });
    const clear = await cloud.run('key', fileName);
    expect({ output: clear.output, exitCode: clear.exitCode }).toEqual({ output: '', exitCode: 2 });
    expect(clear.notes).toContain('has no key: it is not encrypted');
  });

  it('plays with the key of its stack instead of that of the key server', async () => {
    const player = cloud.start('play', 'secret.mp4');
    const url = await urlOf(player);
    const playlist = await (await fetch(new URL('/published/h264-120/index.m3u8', url))).text();
    const [, uri = ''] = /^#EXT-X-KEY:METHOD=AES-128,URI="([^"]+)"$/m.exec(playlist) ?? [];
    const key = Buffer.from(await (await fetch(new URL(uri, url))).arrayBuffer());
    await stop(player);
    expect(`${key.toString('hex')}\n`).toBe((await cloud.run('key', 'secret.mp4')).output);
  });

  it('is verified with its key; once downloaded, only its files are', async () => {
    const whole = await cloud.run('verify', 'secret.mp4', '--json');
    const { passed, checks } = JSON.parse(whole.output);
    expect(passed).toBe(true);
    const named = (given: { name: string; measured: unknown }[], name: string) =>
      given.filter((check) => check.name === name).map(({ measured }) => measured);
    expect(named(checks, 'tracks-unreadable')).toEqual(['none']);
    expect(named(checks, 'frame-count')).toEqual([10]);

    const folder = join(cloud.folder, 'secret');
    expect((await cloud.run('download', 'secret.mp4', folder)).exitCode).toBe(0);
    const downloaded = JSON.parse((await runCommandLine(['verify', folder, '--json'], cloud.folder)).output);
    expect(downloaded.passed).toBe(true);
    expect(named(downloaded.checks, 'tracks-unreadable')).toEqual([
      'segments are encrypted, and their key is not here',
    ]);
    expect(named(downloaded.checks, 'frame-count')).toEqual([]);
    const played = await runCommandLine(['play', folder], cloud.folder);
    expect(played.exitCode).toBe(2);
    expect(played.notes).toContain('is encrypted, and its key is not here');
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
