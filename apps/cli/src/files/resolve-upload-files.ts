import { access, constants, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { choiceSidecarKey, ignoredObjectKind } from '@fyrestream/events';
import { besideKeyPrefix, chooseAudioFiles, chooseCaptionFiles, isAudioBeside } from '@fyrestream/media';
import { UsageError } from '../usage-error.ts';
import { chooseKey } from './choose-key.ts';
import type { LocalFile } from './local-file.ts';

/**
 * Checks all files before the first upload starts. Captions, further audio and other sidecars come with their videos.
 * @throws UsageError for the first file that cannot be uploaded
 */
export async function resolveUploadFiles(
  typed: readonly string[],
  options: { prefix?: string | undefined } = {},
): Promise<LocalFile[]> {
  const files: LocalFile[] = [];
  for (const argument of typed) {
    const file = await checkFile(argument, options.prefix);
    const other = files.find(({ key }) => key === file.key);
    if (other !== undefined) {
      throw new UsageError(
        'same-name',
        `${other.typed} and ${argument} would both be stored as ${file.key}: upload one of them with another --prefix.`,
      );
    }
    files.push(file);
  }
  return withSidecars(withAudioOfFilms(files));
}

/**
 * Audio of a film that is named too: it gets the whole name of the film (`holiday.mov.de.m4a` for `holiday.de.m4a`), so that it is
 * not an upload as well.
 */
function withAudioOfFilms(files: readonly LocalFile[]): LocalFile[] {
  const films = files.filter(
    ({ key, sizeBytes }) => !isAudioBeside(key) && ignoredObjectKind(key, sizeBytes) === null,
  );
  const filmOf = new Map(
    films.flatMap((film) =>
      chooseAudioFiles(film.key, files).files.map(({ key }) => [key, film.key] as const),
    ),
  );
  const keys = new Set(files.map(({ key }) => key));
  return files.map((file) => {
    const film = filmOf.get(file.key);
    if (film === undefined || file.key.startsWith(`${film}.`)) return file;
    const key = `${film}.${file.key.slice(besideKeyPrefix(film).length)}`;
    return keys.has(key) ? file : { ...file, key };
  });
}

/** Gives each video its captions and the file with its options, which are no uploads of their own. */
function withSidecars(files: readonly LocalFile[]): LocalFile[] {
  const isSidecar = ({ key, sizeBytes }: LocalFile) => ignoredObjectKind(key, sizeBytes) === 'sidecar';
  const sidecars = files.filter(isSidecar);
  const videos = files
    .filter((file) => !isSidecar(file))
    .map((video) => {
      const chosen = [chooseCaptionFiles(video.key, files), chooseAudioFiles(video.key, files)];
      const keys = new Set([
        choiceSidecarKey(video.key),
        ...chosen.flatMap((found) => [...found.files, ...found.refused]).map(({ key }) => key),
      ]);
      const own = sidecars.filter(({ key }) => keys.has(key));
      return own.length === 0 ? video : { ...video, sidecars: own };
    });
  const used = new Set(videos.flatMap(({ sidecars: own = [] }) => own));
  const unused = sidecars.find((sidecar) => !used.has(sidecar));
  if (unused === undefined) return videos;
  throw new UsageError(
    'not-an-upload',
    `${unused.typed} belongs to a video but is not one: name that video too, such as holiday.mov for holiday.en.srt, or rename it if it is a video.`,
  );
}

async function checkFile(typed: string, prefix: string | undefined): Promise<LocalFile> {
  const path = resolve(typed);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error)
    throw refuse(typed, found.code === 'EACCES' ? 'cannot be read.' : 'does not exist.');
  if (found.isDirectory()) throw refuse(typed, 'is a directory: name the files in it.');
  if (!found.isFile()) throw refuse(typed, 'is not a regular file.');
  await access(path, constants.R_OK).catch(() => {
    throw refuse(typed, 'cannot be read: its permissions do not allow it.');
  });
  const name = basename(path);
  return { typed, name, path, key: chooseKey(name, prefix), sizeBytes: found.size };
}

function refuse(typed: string, what: string): UsageError {
  return new UsageError('file-refused', `${typed} ${what}`);
}
