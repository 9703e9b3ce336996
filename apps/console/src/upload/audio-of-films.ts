/** What follows the name of a film in that of its further audio: `.de.m4a`, `.en.ad.wav`. */
const audioEnding =
  /\.([a-z]{2,3}(?:[-_][a-z0-9]{2,8})*)(?:\.(?:ad|commentary))?\.(?:aac|ac3|aiff?|eac3|flac|m4a|mka|mp3|oga|ogg|opus|wav)$/i;
const filmEnding = /\.(?:3gp|avi|flv|m2ts|m4v|mkv|mov|mp4|mpe?g|mts|mxf|ogv|ts|vob|webm|wmv)$/i;
const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

interface NamedUpload {
  readonly path: string;
  readonly state: string;
  readonly quote: unknown;
  readonly error: unknown;
}

/** Whether the name is that of further audio with the whole name of its film: `holiday.mov.de.m4a`. It gets no job. */
export function isAudioOfFilm(path: string): boolean {
  return audioEnding.test(path) && filmEnding.test(path.replace(audioEnding, ''));
}

/** Gives audio of films that are chosen too their whole name, so that it is no upload as well: `holiday.de.m4a` is sent as `holiday.mov.de.m4a`. */
export function nameAudioOfFilms<Item extends NamedUpload>(items: readonly Item[]): Item[] {
  const chosen = items.filter(({ state }) => state === 'chosen');
  const films = new Map(
    chosen
      .filter(({ path }) => filmEnding.test(path))
      .map(({ path }) => [path.replace(filmEnding, ''), path] as const),
  );
  const taken = new Set(items.map(({ path }) => path));
  return items.map((item) => {
    const stem = item.path.replace(audioEnding, '');
    const film = films.get(stem);
    if (item.state !== 'chosen' || film === undefined || !namesLanguage(item.path)) return item;
    const path = film + item.path.slice(stem.length);
    return taken.has(path) ? item : { ...item, path, quote: null, error: null };
  });
}

/** The name that the file of an upload has on disk, if it was named after its film: `holiday.de.m4a` for `holiday.mov.de.m4a`. */
export function nameWithoutFilmEnding(name: string): string {
  const ending = audioEnding.exec(name)?.[0] ?? '';
  const film = name.slice(0, name.length - ending.length);
  return ending === '' ? name : film.replace(filmEnding, '') + ending;
}

function namesLanguage(path: string): boolean {
  const [, language] = audioEnding.exec(path) ?? [];
  return language !== undefined && languages.of(language.replaceAll('_', '-')) !== undefined;
}
