import { splitSourceKey } from '../format/paths.ts';
import { nameLanguage } from './name-language.ts';
import type { Video } from './use-video.ts';

export interface Download {
  readonly name: string;
  /** What it is, in words. */
  readonly kind: string;
  /** The name that it is saved under. */
  readonly fileName: string;
  readonly url: string;
  readonly sizeBytes: number;
}

const codecNames: Readonly<Record<string, string>> = { h264: 'H.264', hevc: 'HEVC', av1: 'AV1', aac: 'AAC' };

/** The files of a version that are of use by themselves, with names that say which film they are of. */
export function listDownloads({
  sourceKey,
  files,
  captions,
  poster,
  thumbnails,
  preview,
  chapters,
  certificate,
}: Pick<
  Video,
  'sourceKey' | 'files' | 'captions' | 'poster' | 'thumbnails' | 'preview' | 'chapters' | 'certificate'
>): Download[] {
  const film = splitSourceKey(sourceKey).name.replace(/\.[^.]+$/, '');
  const others = [
    { file: poster, name: 'Poster', kind: 'Image, JPEG' },
    { file: thumbnails, name: 'Thumbnails', kind: 'Times of the thumbnail images, WebVTT' },
    { file: preview, name: 'Preview', kind: 'Animated image, WebP' },
    { file: chapters, name: 'Chapters', kind: 'Titles and times, WebVTT' },
    { file: certificate, name: 'Certificate', kind: 'What was checked, JSON' },
  ];
  return [
    ...files.map(({ name, kind, codec, width, height, language, path, url, sizeBytes }) => ({
      name: kind === 'video' ? `${height}p ${codecName(codec)}` : (nameLanguage(language) ?? 'Audio'),
      kind: kind === 'video' ? `Video with audio, MP4, ${width}×${height}` : `Audio, ${codecName(codec)}`,
      fileName: `${film} ${name}${extensionOf(path)}`,
      ...{ url, sizeBytes },
    })),
    ...captions.map(({ language, name, isForced, path, url, sizeBytes }) => ({
      name: `${name}${isForced ? ' (forced)' : ''}`,
      kind: 'Captions, WebVTT',
      fileName: `${film} ${language ?? 'captions'} ${path.split('/')[0]}.vtt`,
      ...{ url, sizeBytes },
    })),
    ...others.flatMap(({ file, name, kind }) =>
      file === null
        ? []
        : { name, kind, fileName: `${film} ${file.path}`, url: file.url, sizeBytes: file.sizeBytes },
    ),
  ];
}

function codecName(codec: string): string {
  return codecNames[codec] ?? codec;
}

function extensionOf(path: string): string {
  return /\.[^./]+$/.exec(path)?.[0] ?? '';
}
