import type { Quote } from '../api/views.ts';
import { isAudioOfFilm, nameWithoutFilmEnding } from './audio-of-films.ts';

/** What is known of a file before it is sent. */
export interface SourceFile {
  readonly file: File;
  /** Below `videos/`, with the folders that were dropped. */
  readonly path: string;
}

export interface UploadItem {
  readonly id: string;
  readonly path: string;
  /** Null if the rules of the stack decide. */
  readonly profile: string | null;
  /** Of the video; null if it has none. */
  readonly title: string | null;
  readonly sizeBytes: number;
  /** Milliseconds since 1970: with the name and the size it tells whether a file is the same. */
  readonly lastModified: number;
  /** Null for an upload of an earlier visit, until its file is chosen again. */
  readonly file: File | null;
  readonly state: /** Not started yet. */
    | 'chosen'
    /** Started, and others are sent first. */
    | 'waiting'
    | 'sending'
    | 'paused'
    /** Needs a person, or a network. */
    | 'interrupted'
    | 'done';
  readonly sentBytes: number;
  /** Where it was begun: it can go on with this id. */
  readonly uploadId: string | null;
  /** Of a done upload. */
  readonly jobId: string | null;
  /** Null until it is known; of a source whose facts the browser cannot read, it is rough. */
  readonly quote: Quote | null;
  /** Why it was interrupted. */
  readonly error: unknown;
}

export function newUploadItem({ file, path }: SourceFile, profile: string | null): UploadItem {
  return {
    id: crypto.randomUUID(),
    path,
    profile,
    title: null,
    sizeBytes: file.size,
    lastModified: file.lastModified,
    file,
    state: 'chosen',
    sentBytes: 0,
    uploadId: null,
    jobId: null,
    quote: null,
    error: null,
  };
}

/**
 * Whether a file belongs to a video, such as captions and further audio: it is sent before all videos, and gets no job. Others that the pipeline also
 * stores without a job, such as checksums, may be sent in any order.
 */
export function isSidecar({ path }: Pick<UploadItem, 'path'>): boolean {
  return /\.(srt|vtt|ttml|fyrestream\.json)$/i.test(path) || isAudioOfFilm(path);
}

/** Whether a file that was chosen is that of an upload of an earlier visit. */
export function isFileOf(item: UploadItem, { file, path }: SourceFile): boolean {
  const begun = baseName(item.path);
  return (
    item.file === null &&
    [begun, nameWithoutFilmEnding(begun)].includes(baseName(path)) &&
    item.sizeBytes === file.size &&
    item.lastModified === file.lastModified
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
