import pMap from 'p-map';
import pRetry from 'p-retry';
import { ApiError } from '../api-error.ts';
import type { components } from '../api-schema.ts';
import { type Client, resultOf } from '../create-client.ts';
import { ConnectionBrokenError, PartRefusedError, sendPart } from './send-part.ts';

type StoredUpload = components['schemas']['CompletedUpload'];
/** A video is stored, and gets this job. */
export type CompletedUpload = StoredUpload & { readonly jobId: string };

export interface UploadProgress {
  readonly sentBytes: number;
  readonly totalBytes: number;
  /** From 0 to 1. It never falls, unless a part has to be sent again. */
  readonly fraction: number;
}

export interface UploadOptions {
  /** Below `videos/`: `trips/holiday.mov`. */
  readonly path: string;
  /** How it is made: a profile of the stack. Left out: a rule of the stack decides, else `default`. */
  readonly profile?: string;
  /** What the upload says about itself: its title, the time of its poster, the languages of its tracks. */
  readonly options?: components['schemas']['UploadOptions'];
  /** The id of an upload of the same file that was interrupted: only its missing parts are sent. */
  readonly resume?: string;
  /** Receives the id by which the upload can be resumed. Keep it until the upload is complete. */
  readonly onCreated?: (uploadId: string) => void;
  readonly onProgress?: (progress: UploadProgress) => void;
  /** Stops the upload. Its parts stay, to be resumed, until `abortUpload` or the bucket removes them. */
  readonly signal?: AbortSignal;
  /**
   * Captions and other files that belong to it, stored before it: `trips/holiday.en.srt` of `trips/holiday.mov`.
   */
  readonly sidecars?: readonly { readonly path: string; readonly file: Blob }[];
  /** Parts that are sent at the same time: 4. */
  readonly concurrency?: number;
  /** How often a part is sent again before the upload fails: 8, about two minutes. */
  readonly retries?: number;
}

/**
 * Uploads a video in parts: a `File` or `Blob` of a browser, or of Node by `openFile`. Parts are sent in parallel, and again after a
 * failure that may pass.
 * @returns the job of the upload; its record appears as soon as the event of the upload is processed
 * @throws ApiError `upload-not-found` if `resume` is over, `file-changed` if the file has another size, `not-an-upload` if it is no
 * video by its name; PartRefusedError
 */
export async function uploadFile(
  client: Client,
  file: Blob,
  { sidecars = [], ...options }: UploadOptions,
): Promise<CompletedUpload> {
  const { signal } = options;
  for (const sidecar of sidecars)
    await uploadSidecar(client, sidecar.file, { path: sidecar.path, ...(signal && { signal }) });
  const { jobId, ...stored } = await sendFile(client, file, options);
  if (jobId === null) throw notAnUpload(stored.key);
  return { jobId, ...stored };
}

/**
 * Uploads a file that belongs to a video, such as captions. Do it before the video is uploaded.
 * @throws what `uploadFile` throws
 */
export async function uploadSidecar(
  client: Client,
  file: Blob,
  options: Omit<UploadOptions, 'sidecars' | 'profile' | 'options'>,
): Promise<void> {
  await sendFile(client, file, options);
}

async function sendFile(
  client: Client,
  file: Blob,
  { signal = new AbortController().signal, concurrency = 4, retries = 8, ...rest }: UploadOptions,
): Promise<StoredUpload> {
  const retry = <Result>(attempt: () => Promise<Result>) => retryUpload(attempt, { retries, signal });
  const upload = await retry(() => openUpload(client, file, rest, signal));
  const { uploadId, partSizeBytes, partCount } = upload;
  rest.onCreated?.(uploadId);
  const report = createReporter(file.size, rest.onProgress);
  for (const { partNumber, sizeBytes } of upload.stored) report(partNumber, sizeBytes);
  const stored = new Set(upload.stored.map(({ partNumber }) => partNumber));
  const missing = Array.from({ length: partCount }, (_, index) => index + 1).filter(
    (partNumber) => !stored.has(partNumber),
  );
  const send = async (partNumber: number) => {
    const start = (partNumber - 1) * partSizeBytes;
    const body = file.slice(start, start + partSizeBytes);
    // Signed for each attempt: a URL may have expired.
    const { parts } = await resultOf(
      client.api.POST('/v1/uploads/{uploadId}/parts', {
        params: { path: { uploadId } },
        body: { partNumbers: [partNumber] },
        signal,
      }),
    );
    const url = parts[0]?.url ?? '';
    await sendPart(url, body, { signal, onProgress: (sentBytes) => report(partNumber, sentBytes) });
    report(partNumber, body.size);
  };
  await pMap(missing, (partNumber) => retry(() => send(partNumber)), { concurrency, signal });
  return retry(() =>
    resultOf(client.api.POST('/v1/uploads/{uploadId}/complete', { params: { path: { uploadId } }, signal })),
  );
}

/** Ends an upload and removes its parts. */
export async function abortUpload(client: Client, uploadId: string): Promise<void> {
  await resultOf(client.api.DELETE('/v1/uploads/{uploadId}', { params: { path: { uploadId } } }));
}

type OpenUpload = components['schemas']['Upload'] & {
  /** The parts that have the size that they should have. */
  readonly stored: readonly components['schemas']['StoredPart'][];
};

async function openUpload(
  client: Client,
  file: Blob,
  { path, resume, profile, options }: Pick<UploadOptions, 'path' | 'resume' | 'profile' | 'options'>,
  signal: AbortSignal,
): Promise<OpenUpload> {
  if (resume === undefined) {
    const body = { path, sizeBytes: file.size, ...(profile && { profile }), ...(options && { options }) };
    return { ...(await resultOf(client.api.POST('/v1/uploads', { body, signal }))), stored: [] };
  }
  const { parts, ...upload } = await resultOf(
    client.api.GET('/v1/uploads/{uploadId}/parts', { params: { path: { uploadId: resume } }, signal }),
  );
  if (upload.sizeBytes !== file.size || upload.key !== `videos/${path}`) throw fileChanged();
  const sizeOf = (partNumber: number) =>
    Math.min(upload.partSizeBytes, file.size - (partNumber - 1) * upload.partSizeBytes);
  return {
    ...upload,
    stored: parts.filter(({ partNumber, sizeBytes }) => sizeBytes === sizeOf(partNumber)),
  };
}

function fileChanged(): ApiError {
  return conflict('file-changed', 'The upload was begun with another file: begin again without resuming it.');
}

function notAnUpload(key: string): ApiError {
  return conflict('not-an-upload', `${key} belongs to a video but is none: it is stored and gets no job.`);
}

function conflict(code: string, detail: string): ApiError {
  const type = `urn:fyrestream:problem:${code}`;
  return new ApiError({ type, title: 'Conflict', status: 409, detail, code, retryable: false });
}

/** The bytes of all parts as they are sent. */
function createReporter(totalBytes: number, onProgress: UploadOptions['onProgress'] = () => {}) {
  const sent = new Map<number, number>();
  let sentBytes = 0;
  return (partNumber: number, bytes: number) => {
    sentBytes += bytes - (sent.get(partNumber) ?? 0);
    sent.set(partNumber, bytes);
    onProgress({ sentBytes, totalBytes, fraction: sentBytes / Math.max(1, totalBytes) });
  };
}

function retryUpload<Result>(
  attempt: () => Promise<Result>,
  { retries, signal }: { retries: number; signal: AbortSignal },
): Promise<Result> {
  return pRetry(attempt, {
    retries,
    minTimeout: 500,
    maxTimeout: 30_000,
    randomize: true,
    signal,
    shouldRetry: ({ error }) => mayPass(error),
  });
}

/** Whether sending again may help: a broken connection, a service that is busy, a URL that expired. */
function mayPass(error: unknown): boolean {
  if (error instanceof ApiError) return error.retryable;
  if (error instanceof PartRefusedError)
    return error.status === 403 || error.status === 408 || error.status === 429 || error.status >= 500;
  // `fetch` throws TypeError where there is no answer.
  return error instanceof ConnectionBrokenError || error instanceof TypeError;
}
