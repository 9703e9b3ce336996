import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OutputSocket, openOutputSocket } from './open-output-socket.ts';
import { openTextSocket } from './open-text-socket.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-sockets-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Runs a process that writes to a socket and ends; this process accepts no connection meanwhile. */
function writeAndEnd(target: string, text: string): void {
  const script = "require('node:net').connect(process.argv[1]).end(process.argv[2], () => process.exit())";
  execFileSync(process.execPath, ['-e', script, target.replace('unix:', ''), text]);
}

async function textOf(socket: OutputSocket): Promise<string> {
  let text = '';
  for await (const chunk of socket.chunks()) text += Buffer.from(chunk).toString();
  return text;
}

it('reads the output of a process that ended before its connection was accepted', async () => {
  const socket = await openOutputSocket(join(directory, 'output.sock'), () => {});
  writeAndEnd(socket.target, 'segments');
  socket.close();
  expect(await textOf(socket)).toBe('segments');
});

it('reads the text of several connections of a process that ended before they were accepted', async () => {
  const texts: string[] = [];
  const socket = await openTextSocket(join(directory, 'text.sock'), (text) => texts.push(text));
  writeAndEnd(socket.target, 'first graph');
  writeAndEnd(socket.target, 'second graph');
  await socket.close();
  expect(texts).toEqual(['first graph', 'second graph']);
});

it('gives nothing where no process connected', async () => {
  const socket = await openOutputSocket(join(directory, 'unused.sock'), () => {});
  socket.close();
  expect(await textOf(socket)).toBe('');
});
