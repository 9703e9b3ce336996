// pnpm --filter infra record-calls [--check [CALLS.NDJSON]]: sends uploads through the local cloud, where each principal
// has its own access key, and records every AWS call of each. With --check it writes nothing and fails if there is a call
// that is not recorded; it can read the calls of an earlier run from a file.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLedger, createObjectStore, systemClock } from '@fyrestream/cloud';
import {
  defaultLadderConfig,
  isTerminal,
  jobIdOf,
  uploadKey,
  watermarkKey,
  watermarkSchema,
} from '@fyrestream/events';
import { startLocalCloud } from '@fyrestream/local';
import { localTopology } from '../../../apps/local/src/topology.ts';
import { callApi } from './call-api.ts';
import { newCalls, parseCalls, readRecordedCalls, recordedCallsFile } from './recorded-call.ts';

const timeoutSeconds = 1800;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false } },
});
const calls = parseCalls(positionals[0] ? readFileSync(positionals[0], 'utf8') : await callsOfRun());
if (values.check) {
  const added = newCalls(readRecordedCalls(), calls);
  for (const call of added) process.stderr.write(`not recorded: ${JSON.stringify(call)}\n`);
  process.exitCode = added.length > 0 ? 1 : 0;
} else {
  writeFileSync(recordedCallsFile, `${JSON.stringify(calls, null, 2)}\n`);
  process.stdout.write(`${calls.length} calls\n`);
}

/** @returns the call log of a local cloud after a success with captions and a watermark, another that is encrypted, a refusal, a deferred launch, sweeps, and webhooks that fail, succeed and are gone */
async function callsOfRun(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fyrestream-calls-'));
  const receiver = await startReceiver();
  const dataDirectory = join(folder, 'data');
  mkdirSync(dataDirectory);
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  writeFileSync(
    join(dataDirectory, 'secrets.json'),
    JSON.stringify({ 'fyrestream-webhook-local/studio': secret }),
  );
  // One task at a time, so that the second upload has to wait. Sweeps are frequent, so that some are recorded.
  const cloud = await startLocalCloud({
    dataDirectory,
    topology: {
      ...localTopology,
      maxRunningTasks: 1,
      ladder: { ...defaultLadderConfig, watermark: watermarkSchema.parse({ image: 'logo.png' }) },
      profiles: {
        vault: { encryption: { method: 'AES-128', keyUrl: 'https://keys.example.com/{jobId}/{token}' } },
      },
      profileRules: [{ pattern: 'vault/*', profile: 'vault' }],
      webhooks: { studio: { url: receiver.url } },
      webhookRetryDelaysSeconds: Array.from(
        { length: localTopology.webhookRetryDelaysSeconds.length },
        () => 1,
      ),
      sweep: { busyIntervalSeconds: 3, idleIntervalSeconds: 3 },
    },
  });
  try {
    await sendThrough(cloud.connection, [
      { path: 'clip.mp4', file: makeClip(join(folder, 'clip.mp4')) },
      { path: 'vault/another.mp4', file: makeClip(join(folder, 'another.mp4')) },
      { path: 'no video.mp4', file: makeText(join(folder, 'text.mp4')) },
    ]);
    await callApi(cloud.api, makeClip(join(folder, 'by-api.mp4')));
    await receiver.untilGone();
  } finally {
    await cloud.stop();
    receiver.close();
  }
  const log = readFileSync(join(dataDirectory, 'calls.ndjson'), 'utf8');
  rmSync(folder, { recursive: true });
  return log;
}

/** A receiver of webhooks that fails once, takes some events, and is gone then. */
async function startReceiver() {
  const statuses = [500, 200, 200, 200];
  let posts = 0;
  const server = createServer((_request, response) => {
    response.writeHead(statuses[posts] ?? 410).end();
    posts += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    untilGone: async () => {
      while (posts <= statuses.length) await new Promise((resolve) => setTimeout(resolve, 200));
    },
    close: () => server.close(),
  };
}

type Connection = Awaited<ReturnType<typeof startLocalCloud>>['connection'];

async function sendThrough(local: Connection, uploads: { path: string; file: string }[]): Promise<void> {
  const { credentials, environment, region, s3Url, url } = local;
  const connection = { region, credentials, endpoints: { s3: s3Url, dynamodb: url } };
  const store = createObjectStore(connection);
  const ledger = createLedger(connection, {
    tableName: environment.FYRESTREAM_JOBS_TABLE ?? '',
    recordRetentionDays: 1,
    clock: systemClock,
  });
  const bucket = environment.FYRESTREAM_SOURCE_BUCKET ?? '';
  const caption = '1\n00:00:00,000 --> 00:00:01,000\nBeside the first clip\n';
  const headers = { contentType: 'text/plain', cacheControl: 'no-store' };
  await store.put({ bucket, key: uploadKey('clip.en.srt') }, caption, headers);
  await store.put({ bucket, key: watermarkKey('logo.png') }, makeImage(), headers);
  const jobIds: string[] = [];
  for (const { path, file } of uploads) {
    const address = { bucket, key: uploadKey(path) };
    const put = await store.upload(address, file, { contentType: 'video/mp4', cacheControl: 'no-store' });
    jobIds.push(jobIdOf({ ...address, ...put }));
  }
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (const jobId of jobIds) {
    for (let job = await ledger.readJob(jobId); !job || !isTerminal(job); job = await ledger.readJob(jobId)) {
      if (Date.now() > deadline) return void process.stderr.write(`${jobId} did not end\n`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

function makeClip(path: string): string {
  const video = ['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=25,noise=alls=${path.length}`];
  const audio = ['-f', 'lavfi', '-i', 'sine=frequency=440'];
  const output = ['-t', '3', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', path];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...video, ...audio, ...output]);
  return path;
}

function makeImage(): Buffer {
  const source = ['-f', 'lavfi', '-i', 'color=white:s=64x32', '-frames:v', '1'];
  return execFileSync('ffmpeg', ['-v', 'error', ...source, '-c:v', 'png', '-f', 'image2pipe', '-']);
}

function makeText(path: string): string {
  writeFileSync(path, '<!doctype html><title>This is no video</title>');
  return path;
}
