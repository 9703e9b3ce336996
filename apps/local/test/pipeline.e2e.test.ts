import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type JobRecord,
  outputPrefix,
  stableFileNames,
  stableKey,
  stablePrefix,
  type Upload,
  versionsPrefix,
} from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskRecord } from '../src/ecs/task-record.ts';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { readKeyFrameTimes, readMedia } from './pipeline/read-media.ts';
import { createTestDirectory, eventually, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
/** Three seconds of video and audio, and the same without one of them. */
let clip: string;
let silentClip: string;
let audioOnly: string;

beforeAll(async () => {
  directory = createTestDirectory();
  [clip, silentClip, audioOnly] = await Promise.all([
    makeClip(join(directory, 'clip.mp4')),
    makeClip(join(directory, 'silent.mp4'), { audio: false }),
    makeClip(join(directory, 'audio.m4a'), { video: false }),
  ]);
  cloud = await startLocalCloud({
    dataDirectory: join(directory, 'data'),
    topology: testTopology(),
  });
  pipeline = openPipelineClient(cloud.connection);
});
afterAll(async () => {
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

/** The notification of S3 about an upload, for tests that send it again. */
function notificationOf(upload: Upload): string {
  const key = encodeURIComponent(upload.key).replaceAll('%20', '+').replaceAll('%2F', '/');
  const object = {
    key,
    size: upload.sizeBytes,
    eTag: upload.etag,
    versionId: upload.versionId,
    sequencer: upload.sequencer,
  };
  const record = {
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    eventTime: upload.uploadedAt,
    s3: { bucket: { name: upload.bucket }, object },
  };
  return JSON.stringify({ Records: [record] });
}

async function drained(): Promise<void> {
  await eventually(async () => {
    const counts = await Promise.all([pipeline.messagesIn('uploads'), pipeline.messagesIn('control')]);
    return counts.every((count) => count === 0) || undefined;
  });
}

/** By the times in their records: looking from time to time misses some on a busy machine. */
function mostAtOnce(tasks: readonly TaskRecord[]): number {
  const runsAt = (at: number) => (task: TaskRecord) =>
    task.createdAt <= at && at < (task.stoppedAt ?? Number.POSITIVE_INFINITY);
  return Math.max(...tasks.map(({ createdAt }) => tasks.filter(runsAt(createdAt)).length));
}

const sizesOf = ({ outputs }: JobRecord) =>
  outputs?.renditions.flatMap(({ kind, width, height }) => (kind === 'video' ? [`${width}x${height}`] : []));

describe('one upload', () => {
  const key = 'videos/ünïcode folder/Meer & Sonne + día 1 (50%).mov';
  let job: JobRecord;
  let upload: Upload;
  let folder: string;
  let files: string[];

  beforeAll(async () => {
    const sent = await pipeline.upload(key, clip);
    upload = sent.upload;
    job = await pipeline.settled(sent.jobId);
    folder = join(directory, 'one-upload');
    files = await pipeline.fetchOutputs(job, folder);
  });

  it('succeeds under its own name', () => {
    expect(upload.key).toBe(key);
    expect(job).toMatchObject({ status: 'succeeded', reason: null, attempt: 1, failureCount: 0, owed: [] });
    expect(sizesOf(job)).toEqual(['640x360', '426x240']);
    expect(job.outputs).toMatchObject({
      masterKey: stableKey(key, 'master.m3u8'),
      manifestKey: stableKey(key, 'manifest.mpd'),
      posterKey: stableKey(key, 'poster.jpg'),
    });
  });

  it('plays every rendition completely from its master playlist', async () => {
    const { streams } = await readMedia(join(folder, stableKey(key, 'master.m3u8')), [
      '-allowed_extensions',
      'ALL',
    ]);
    const frames = streams.filter((stream) => stream.codec_type === 'video');
    expect(frames.map(({ width, height }) => `${width}x${height}`).sort()).toEqual(['426x240', '640x360']);
    expect(frames.map((stream) => [stream.codec_name, Number(stream.nb_read_packets)])).toEqual([
      ['h264', 75],
      ['h264', 75],
    ]);
    expect(streams.some((stream) => stream.codec_name === 'aac')).toBe(true);
  });

  it('has an MP4 of each rendition, with its size, codecs and duration, and with aligned key frames', async () => {
    const keyFrames: number[][] = [];
    for (const rendition of job.outputs?.renditions ?? []) {
      if (rendition.fileKey === null) continue;
      const path = join(folder, rendition.fileKey);
      const { streams, durationSeconds } = await readMedia(path);
      expect(streams).toMatchObject([
        { codec_name: 'h264', width: rendition.width, height: rendition.height, nb_read_packets: '75' },
        { codec_name: 'aac' },
      ]);
      expect(Math.abs(durationSeconds - 3)).toBeLessThan(0.1);
      keyFrames.push(await readKeyFrameTimes(path));
    }
    expect(keyFrames).toEqual([
      [0, 2],
      [0, 2],
    ]);
  });

  it('has stable files that point only into the version', async () => {
    const version = job.outputs?.prefix ?? '-';
    const stable = files.filter((file) => !file.startsWith(version)).sort();
    expect(stable).toEqual(stableFileNames.map((name) => stableKey(key, name)).sort());
    const master = await readFile(join(folder, stableKey(key, 'master.m3u8')), 'utf8');
    const targets = master.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const uris = [...master.matchAll(/URI="([^"]+)"/g)].map(([, uri]) => uri ?? '');
    expect(targets.length).toBeGreaterThanOrEqual(2);
    for (const target of [...targets, ...uris]) {
      expect(target.startsWith(`../../../${version}`)).toBe(true);
      expect(files).toContain(target.slice('../../../'.length));
    }
    const manifest = await readFile(join(folder, stableKey(key, 'manifest.mpd')), 'utf8');
    expect(manifest).toContain(`<BaseURL>../../../${version}</BaseURL>`);
  });

  it('has the right content types, and long cache times only below the version', async () => {
    const types: Record<string, string> = {
      m3u8: 'application/vnd.apple.mpegurl',
      mpd: 'application/dash+xml',
      mp4: 'video/mp4',
      m4s: 'video/iso.segment',
      jpg: 'image/jpeg',
      vtt: 'text/vtt; charset=utf-8',
      json: 'application/json',
    };
    for (const file of files) {
      const headers = await pipeline.headersOf(file);
      const isStable = file.startsWith(outputPrefix);
      expect({ file, ...headers }).toEqual({
        file,
        contentType: types[file.split('.').at(-1) ?? ''],
        cacheControl: isStable ? 'public, max-age=5, must-revalidate' : 'public, max-age=31536000, immutable',
      });
    }
  });

  it('has a certificate with the hash of every other file of the version', async () => {
    const version = job.outputs?.prefix ?? '-';
    const certificate = JSON.parse(await readFile(join(folder, version, 'certificate.json'), 'utf8'));
    expect(certificate).toMatchObject({ jobId: job.jobId, source: { key, versionId: upload.versionId } });
    const paths: string[] = certificate.files.map((file: { path: string }) => version + file.path);
    const expected = files.filter((path) => path.startsWith(version) && !path.endsWith('certificate.json'));
    expect(paths.toSorted()).toEqual(expected.toSorted());
    for (const { path, sizeBytes, sha256 } of certificate.files) {
      const bytes = await readFile(join(folder, version, path));
      expect({
        path,
        sizeBytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }).toEqual({
        path,
        sizeBytes,
        sha256,
      });
    }
    expect(JSON.stringify(certificate)).not.toContain(pipeline.outputBucket);
  });

  it('F04 stays one job and one encode when its event arrives twice more in parallel', async () => {
    const again = notificationOf(upload);
    await Promise.all([pipeline.send('uploads', again), pipeline.send('uploads', again)]);
    await drained();
    const { status, attempt, outputs } = job;
    expect(await pipeline.ledger.readJob(job.jobId)).toMatchObject({ status, attempt, outputs });
    expect(await pipeline.tasksOf(job.jobId)).toHaveLength(1);
    expect(await pipeline.listOutputs(`${versionsPrefix}${job.jobId}/`)).toHaveLength(files.length - 3);
  });

  it('F04 keeps the old version beside the new one, and a late event about the old version changes nothing', async () => {
    const next = await pipeline.upload(key, silentClip);
    expect(next.jobId).not.toBe(job.jobId);
    const newer = await pipeline.settled(next.jobId);
    expect(newer.status).toBe('succeeded');
    const master = { bucket: pipeline.outputBucket, key: stableKey(key, 'master.m3u8') };
    const published = await pipeline.store.readText(master);
    expect(published).toContain(next.jobId);
    expect(published).not.toContain(job.jobId);
    const kept = (await pipeline.listOutputs(job.outputs?.prefix ?? '-')).length;
    expect(kept).toBe(files.length - 3);

    await pipeline.send('uploads', notificationOf(upload));
    await drained();
    expect(await pipeline.store.readText(master)).toBe(published);
    expect((await pipeline.ledger.readJob(job.jobId))?.status).toBe('succeeded');
    expect((await pipeline.ledger.readOutput(key))?.published?.jobId).toBe(next.jobId);
    expect(await pipeline.tasksOf(job.jobId)).toHaveLength(1);
  });
});

it('F14 runs two of three uploads in parallel; the other one waits for capacity, and all succeed', async () => {
  const sources = {
    'videos/a.mp4': clip,
    'videos/b.mp4': silentClip,
    'videos/c.m4a': audioOnly,
  };
  const sent = await Promise.all(Object.entries(sources).map(([key, path]) => pipeline.upload(key, path)));
  const jobs = await Promise.all(sent.map(({ jobId }) => pipeline.settled(jobId)));
  const tasks = (await Promise.all(sent.map(({ jobId }) => pipeline.tasksOf(jobId)))).flat();
  expect(jobs.map((job) => [job.upload.key, job.status, job.failureCount])).toEqual(
    Object.keys(sources).map((key) => [key, 'succeeded', 0]),
  );
  expect(tasks).toHaveLength(3);
  expect(mostAtOnce(tasks)).toBe(2);
  const [, video, audio] = jobs;
  expect(video?.outputs?.renditions.map(({ kind }) => kind)).toEqual(['video', 'video']);
  expect(audio?.outputs?.renditions.map(({ kind }) => kind)).toEqual(['audio']);
  expect(audio?.outputs?.posterKey).toBeNull();
  const folder = join(directory, 'audio-only');
  if (audio === undefined) expect.unreachable('it was uploaded');
  await pipeline.fetchOutputs(audio, folder);
  const { streams } = await readMedia(join(folder, stableKey('videos/c.m4a', 'master.m3u8')), [
    '-allowed_extensions',
    'ALL',
  ]);
  expect(streams.map((stream) => stream.codec_name)).toEqual(['aac']);
});

it('F06 fails a text file named .mp4, publishes nothing, and does not retry it', async () => {
  const path = join(directory, 'notes.mp4');
  await writeFile(path, 'Dear diary, today I renamed a file.\n'.repeat(40));
  const { jobId } = await pipeline.upload('videos/notes.mp4', path);
  const job = await pipeline.settled(jobId);
  expect(job).toMatchObject({
    status: 'failed',
    reason: { code: 'not-media', retryable: false },
    outputs: null,
  });
  expect(job.reason?.message).toMatch(/\.$/);
  await drained();
  expect(await pipeline.tasksOf(jobId)).toEqual([]);
  expect(await pipeline.listOutputs(stablePrefix('videos/notes.mp4'))).toEqual([]);
  expect(await pipeline.listOutputs(`${versionsPrefix}${jobId}/`)).toEqual([]);
  expect(await pipeline.messagesIn('uploads-dead')).toBe(0);
});

it('F02 acknowledges the test event of S3 and starts no job', async () => {
  const body = JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: '2026-01-02T03:04:05.678Z',
    Bucket: pipeline.sourceBucket,
    RequestId: 'A1B2',
    HostId: 'host',
  });
  const messageId = await pipeline.send('uploads', body);
  await drained();
  expect(await pipeline.log('poller')).toMatch(new RegExp(`"${messageId}","ignored":\\["s3:TestEvent"\\]`));
  expect(await pipeline.messagesIn('uploads-dead')).toBe(0);
});

it('F10 moves a malformed message to the dead-letter queue, and logs its reason with its id', async () => {
  const messageId = await pipeline.send('uploads', '{"Records":[{"eventSource":"aws:s3"}]}');
  await eventually(async () => (await pipeline.messagesIn('uploads-dead')) === 1 || undefined);
  await drained();
  const lines = (await pipeline.log('poller')).split('\n').filter((line) => line.includes(messageId));
  expect(lines.length).toBeGreaterThan(1);
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
    level: 'error',
    messageId,
    reason: { code: 'malformed-message', retryable: false },
  });
});
