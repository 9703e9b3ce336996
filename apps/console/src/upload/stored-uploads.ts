import type { UploadItem } from './upload-item.ts';

const storageKey = 'fyrestream-uploads';

/** What an upload needs to go on after a reload: all but its file. */
type StoredUpload = Pick<
  UploadItem,
  'id' | 'path' | 'profile' | 'title' | 'sizeBytes' | 'lastModified' | 'sentBytes' | 'uploadId'
>;

/** The uploads that were begun and not finished. */
export function readStoredUploads(): UploadItem[] {
  const stored: StoredUpload[] = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
  return stored.map((upload) => ({
    // Those of release 0.1.0 have neither.
    ...{ profile: null, title: null },
    ...upload,
    file: null,
    state: 'interrupted',
    jobId: null,
    quote: null,
    error: null,
  }));
}

export function storeUploads(items: readonly UploadItem[]): void {
  const begun = items.filter(({ uploadId, state }) => uploadId !== null && state !== 'done');
  const stored: StoredUpload[] = begun.map(
    ({ id, path, profile, title, sizeBytes, lastModified, sentBytes, uploadId }) => ({
      ...{ id, path, profile, title, sizeBytes, lastModified, sentBytes, uploadId },
    }),
  );
  if (stored.length === 0) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, JSON.stringify(stored));
}
