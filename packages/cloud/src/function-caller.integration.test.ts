import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createFunctionCaller } from './function-caller.ts';

let server: Server;
afterEach(() => server.close());

/** A Lambda that refuses signatures of another day than its own. @returns a caller, and the dates of the requests */
async function startLambda(daysAhead: number, refusals: number) {
  const dates: string[] = [];
  server = createServer((request, response) => {
    dates.push(String(request.headers['x-amz-date']).slice(0, 8));
    const isRefused = dates.length <= refusals;
    const date = new Date(Date.now() + daysAhead * 86_400_000).toUTCString();
    const errorType = isRefused ? { 'x-amzn-errortype': 'InvalidSignatureException' } : {};
    request.resume().on('end', () => {
      response.writeHead(isRefused ? 403 : 200, { date, ...errorType }).end(isRefused ? '{}' : 'null');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const lambda = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
  const caller = createFunctionCaller({ region: 'us-east-1', credentials, endpoints: { lambda } }, 'invoker');
  return { dates, call: () => caller.call({ kind: 'sweep-requested' }) };
}

it('a clock that is wrong by days fails no call: the refused one is signed again with the time of AWS', async () => {
  const { dates, call } = await startLambda(3, 1);
  await call();
  expect(new Set(dates).size).toBe(2);
  await call();
  expect(dates).toHaveLength(3);
});

it('a signature that is refused twice fails the call', async () => {
  const { dates, call } = await startLambda(0, 2);
  await expect(call()).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  expect(dates).toHaveLength(2);
});
