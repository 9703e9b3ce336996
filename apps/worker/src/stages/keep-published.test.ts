import { createLogger } from '@fyrestream/cloud';
import { defaultLadderConfig, FyrestreamError } from '@fyrestream/events';
import { addressTracks, planEncode, readSourceFacts } from '@fyrestream/media';
import { describe, expect, it } from 'vitest';
import type { JobContext } from '../job-context.ts';
import { keepPublished } from './keep-published.ts';

const errorOf = (code: string, retryable: boolean) =>
  new FyrestreamError({ code, message: `${code}.`, retryable });
const systemError = (code: string) => Object.assign(new Error(code), { code });

const upload = {
  ...{ bucket: 'source', key: 'videos/a.mp4', versionId: 'v1', etag: 'e', sizeBytes: 1, sequencer: '1' },
  ...{ uploadedAt: '2026-01-01T00:00:00.000Z', edition: 2 },
};
const toolVersions = { ffmpeg: '7.1' };
const facts = readSourceFacts(
  {
    streams: [
      {
        ...{ index: 0, codec_type: 'video', codec_name: 'h264', width: 320, height: 240, pix_fmt: 'yuv420p' },
        ...{
          r_frame_rate: '25/1',
          avg_frame_rate: '25/1',
          nb_frames: '300',
          start_time: '0',
          duration: '12',
        },
      },
    ],
    format: { format_name: 'mov,mp4', start_time: '0', duration: '12', size: '1' },
  },
  'mov',
);
const plan = planEncode(facts, {}, defaultLadderConfig);
const addresses = addressTracks(plan, { upload, toolVersions });
const certificate = JSON.stringify({
  ...{ schemaVersion: 2, jobId: 'a'.repeat(26), plan, addresses, checks: [], toolVersions },
  source: {
    ...{ key: upload.key, versionId: 'v1', etag: 'e', sizeBytes: 1, facts },
    content: {
      ...{ streams: [], warnings: { errors: 0, corrupt: 0, examples: [] } },
      ...{ decodableShare: 1, isDamaged: false },
    },
  },
  files: Object.keys(addresses).map((id) => ({
    ...{ path: `${id}/init.mp4`, sizeBytes: 1, sha256: 'f'.repeat(64) },
  })),
});

/** Of an edition of a published upload, whose certificate and files are read in this way. */
async function keep({
  readText = async () => certificate,
  download = async () => {},
}: {
  readText?: () => Promise<string>;
  download?: () => Promise<void>;
}) {
  const work = {
    ...{ job: { upload }, settings: { outputBucket: 'output' }, log: createLogger('worker', 'silent') },
    ledger: { readOutput: async () => ({ published: { jobId: 'a'.repeat(26), token: 1 } }) },
    store: { readText, download },
    scratch: { path: async () => '/nowhere/file' },
    ffmpeg: { versions: async () => toolVersions },
  } as unknown as JobContext;
  return keepPublished(work, plan, new AbortController().signal);
}

describe.each([
  errorOf('service-throttled', true),
  errorOf('object-access-denied', true),
  systemError('ENOSPC'),
  systemError('ECONNRESET'),
])(
  'a published version that cannot be read now is read again later, not encoded at full price: %s',
  (error) => {
    it('its certificate', async () => {
      await expect(keep({ readText: () => Promise.reject(error) })).rejects.toBe(error);
    });

    it('a file of a track', async () => {
      await expect(keep({ download: () => Promise.reject(error) })).rejects.toBe(error);
    });
  },
);

describe('nothing is kept of a published version', () => {
  const missing = () => Promise.reject(errorOf('object-missing', false));

  it.each([
    ['without a certificate', { readText: missing }],
    ['whose certificate is no JSON', { readText: async () => '{"source":' }],
    ['whose certificate has another shape', { readText: async () => '{"source":{}}' }],
    ['without the files of its tracks', { download: missing }],
  ])('%s', async (_, reads) => {
    expect(await keep(reads)).toEqual({ plan });
  });
});
