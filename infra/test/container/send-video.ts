// node send-video.ts IMAGE NETWORK: sends a video through the local cloud, with the image as its worker. Runs in the network
// namespace of NETWORK, so that the image can reach the local cloud only.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLedger, createObjectStore, systemClock } from '@fyrestream/cloud';
import { isTerminal, type JobRecord, jobIdOf, stableKey, uploadKey } from '@fyrestream/events';
import { startLocalCloud } from '@fyrestream/local';
import { localTopology } from '../../../apps/local/src/topology.ts';

const timeoutSeconds = 1800;
const [image = '', network = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'fyrestream-container-'));
const cloud = await startLocalCloud({
  dataDirectory: join(folder, 'data'),
  topology: {
    ...localTopology,
    taskDefinition: { ...localTopology.taskDefinition, bundlePath: writeLauncher() },
  },
});
try {
  const job = await sendVideo();
  process.stdout.write(`${job.status} ${job.reason?.message ?? ''}\n`);
  if (job.status !== 'succeeded') {
    printLogs();
    process.exitCode = 1;
  }
} finally {
  await cloud.stop();
  rmSync(folder, { recursive: true });
}

/** Writes the module that the local cloud runs as its worker. */
function writeLauncher(): string {
  const path = join(folder, 'launch.ts');
  const options = JSON.stringify({ image, network, dockerHost: process.env.DOCKER_HOST });
  const module = JSON.stringify(new URL('run-in-container.ts', import.meta.url));
  writeFileSync(path, `import { runInContainer } from ${module};\nrunInContainer(${options});\n`);
  return path;
}

async function sendVideo(): Promise<JobRecord> {
  const { credentials, environment, region, s3Url, url } = cloud.connection;
  const connection = { region, credentials, endpoints: { s3: s3Url, dynamodb: url } };
  const store = createObjectStore(connection);
  const ledger = createLedger(connection, {
    tableName: environment.FYRESTREAM_JOBS_TABLE ?? '',
    recordRetentionDays: 1,
    clock: systemClock,
  });
  const address = { bucket: environment.FYRESTREAM_SOURCE_BUCKET ?? '', key: uploadKey('clip.mp4') };
  const delivery = { contentType: 'video/mp4', cacheControl: 'no-store' };
  const put = await store.upload(address, makeClip(), delivery);
  const jobId = jobIdOf({ ...address, ...put });
  const deadline = Date.now() + timeoutSeconds * 1000;
  let job = await ledger.readJob(jobId);
  while ((job === null || !isTerminal(job)) && Date.now() < deadline) {
    await sleep(1000);
    job = await ledger.readJob(jobId);
  }
  if (job === null) throw new TypeError('No job was created for the upload.');
  if (job.status === 'succeeded') {
    const bucket = environment.FYRESTREAM_OUTPUT_BUCKET ?? '';
    const master = await store.readText({ bucket, key: stableKey(address.key, 'master.m3u8') });
    process.stdout.write(
      master
        .split('\n')
        .filter((line) => line.startsWith('#EXT-X-STREAM-INF'))
        .join('\n'),
    );
    process.stdout.write('\n');
  }
  return job;
}

function makeClip(): string {
  const path = join(folder, 'clip.mp4');
  const sources = [
    '-f',
    'lavfi',
    '-i',
    'testsrc2=size=1280x720:rate=30',
    '-f',
    'lavfi',
    '-i',
    'sine=frequency=440',
  ];
  const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...sources, '-t', '8', ...codec, path]);
  return path;
}

function printLogs(): void {
  const logs = join(folder, 'data', 'logs');
  for (const name of readdirSync(logs).filter((file) => file.includes('transcoder-local'))) {
    process.stderr.write(readFileSync(join(logs, name), 'utf8'));
  }
}
