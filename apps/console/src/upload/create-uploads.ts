import {
  ApiError,
  abortUpload,
  type Client,
  type UploadOptions,
  uploadFile,
  uploadSidecar,
} from '@fyrestream/client';
import { nameAudioOfFilms } from './audio-of-films.ts';
import { quoteFile } from './quote-file.ts';
import { readStoredUploads, storeUploads } from './stored-uploads.ts';
import { isFileOf, isSidecar, newUploadItem, type SourceFile, type UploadItem } from './upload-item.ts';

/** All uploads of this visit. They go on while other pages of the console are shown. */
export interface Uploads {
  readonly subscribe: (listener: () => void) => () => void;
  readonly list: () => readonly UploadItem[];
  /** A file of an upload of an earlier visit goes on at once; others wait to be started. */
  readonly add: (files: readonly SourceFile[]) => void;
  /** Of all that are chosen, and of files that are added until they are started; null if the rules of the stack decide. */
  readonly setProfile: (profile: string | null) => void;
  /** @param choice of all that are chosen: a folder below `videos/`, and a title; both may be empty */
  readonly start: (choice: { folder: string; title: string }) => void;
  readonly pause: (id: string) => void;
  readonly resume: (id: string) => void;
  /** Takes it from the list. The parts of one that is not done are removed from the bucket. */
  readonly remove: (id: string) => void;
}

/** Each file is sent in several parts at the same time. */
const maxFilesAtOnce = 2;
const maxQuotesAtOnce = 2;

export function createUploads(client: Client): Uploads {
  let items: readonly UploadItem[] = readStoredUploads();
  const listeners = new Set<() => void>();
  const running = new Map<string, AbortController>();
  let profile: string | null = null;
  let quoting = 0;

  const set = (next: readonly UploadItem[]) => {
    items = next;
    for (const listener of listeners) listener();
  };
  const find = (id: string) => items.find((item) => item.id === id);
  const change = (id: string, changes: Partial<UploadItem>) =>
    set(items.map((item) => (item.id === id ? { ...item, ...changes } : item)));

  async function send(item: UploadItem, file: File): Promise<void> {
    const stop = new AbortController();
    running.set(item.id, stop);
    change(item.id, { state: 'sending', error: null });
    try {
      const jobId = await store(item, file, {
        path: item.path,
        ...(item.uploadId !== null && { resume: item.uploadId }),
        signal: stop.signal,
        onCreated: (uploadId) => {
          change(item.id, { uploadId });
          storeUploads(items);
        },
        onProgress: ({ sentBytes }) => change(item.id, { sentBytes }),
      });
      change(item.id, { state: 'done', jobId, sentBytes: item.sizeBytes });
    } catch (error) {
      if (isOver(error)) change(item.id, { state: 'waiting', uploadId: null, sentBytes: 0 });
      else if (!stop.signal.aborted) change(item.id, { state: 'interrupted', error });
    }
    running.delete(item.id);
    storeUploads(items);
    sendNext();
  }

  /** @returns the job; null for a file that belongs to a video */
  async function store(item: UploadItem, file: File, options: UploadOptions): Promise<string | null> {
    if (isSidecar(item)) {
      await uploadSidecar(client, file, options);
      return null;
    }
    const { jobId } = await uploadFile(client, file, {
      ...options,
      ...(item.profile !== null && { profile: item.profile }),
      ...(item.title !== null && { options: { title: item.title } }),
    });
    return jobId;
  }

  /** A video is planned with the captions and audio that are stored before it: it waits for all that are on their way. */
  function sendNext(): void {
    const underWay = items.filter(
      ({ state, file }) => file !== null && ['waiting', 'sending'].includes(state),
    );
    const sidecars = underWay.filter(isSidecar);
    for (const item of sidecars.length > 0 ? sidecars : underWay) {
      if (running.size >= maxFilesAtOnce) return;
      if (item.state === 'waiting' && item.file !== null && !running.has(item.id)) send(item, item.file);
    }
  }

  async function quoteNext(): Promise<void> {
    const item = items.find(
      (one) =>
        one.state === 'chosen' &&
        one.quote === null &&
        one.error === null &&
        !asked.has(one.id) &&
        !isSidecar(one),
    );
    if (item?.file == null || quoting >= maxQuotesAtOnce) return;
    asked.add(item.id);
    quoting += 1;
    const found = await quoteFile(client, { file: item.file, path: item.path, profile: item.profile }).then(
      (quote) => ({ quote }),
      (error) => ({ error }),
    );
    // Another profile may have been chosen meanwhile.
    if (find(item.id)?.profile === item.profile) change(item.id, found);
    asked.delete(item.id);
    quoting -= 1;
    quoteNext();
  }
  const asked = new Set<string>();

  function resume(id: string): void {
    if (find(id)?.file == null) return;
    change(id, { state: 'waiting', error: null });
    sendNext();
  }

  // Uploads that gave up while there was no network.
  addEventListener('online', () => {
    for (const { id, state } of items) if (state === 'interrupted') resume(id);
  });
  addEventListener('beforeunload', (event) => {
    if (running.size > 0) event.preventDefault();
  });

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    list: () => items,
    add: (files) => {
      const fresh: UploadItem[] = [];
      for (const source of files) {
        const known = items.find((item) => isFileOf(item, source));
        if (known === undefined) fresh.push(newUploadItem(source, profile));
        else change(known.id, { file: source.file, state: 'waiting' });
      }
      set(nameAudioOfFilms([...items, ...fresh]));
      sendNext();
      for (let slot = 0; slot < maxQuotesAtOnce; slot++) quoteNext();
    },
    setProfile: (chosen) => {
      profile = chosen;
      set(
        items.map((item) =>
          item.state === 'chosen' ? { ...item, profile, quote: null, error: null } : item,
        ),
      );
      for (let slot = 0; slot < maxQuotesAtOnce; slot++) quoteNext();
    },
    start: ({ folder, title }) => {
      profile = null;
      set(
        items.map((item) =>
          item.state === 'chosen'
            ? { ...item, path: folder + item.path, title: title || null, state: 'waiting', error: null }
            : item,
        ),
      );
      sendNext();
    },
    pause: (id) => {
      change(id, { state: 'paused' });
      running.get(id)?.abort();
    },
    resume,
    remove: (id) => {
      const item = find(id);
      set(items.filter((one) => one.id !== id));
      running.get(id)?.abort();
      storeUploads(items);
      // The bucket removes the parts of uploads that nobody ends.
      if (item?.uploadId != null && item.state !== 'done') abortUpload(client, item.uploadId).catch(() => {});
    },
  };
}

/** The bucket no longer has the upload, or it is that of another file: it begins again. */
function isOver(error: unknown): boolean {
  return error instanceof ApiError && ['upload-not-found', 'file-changed'].includes(error.code);
}
