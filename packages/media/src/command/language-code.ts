import { iso639Languages } from '../facts/iso-639-languages.ts';

/** The ISO 639-2 code of an MP4 track header for a BCP-47 tag; `und` if there is none. */
export function languageCode(tag: string): string {
  const [primary = ''] = tag.split('-');
  const code = primary.length === 3 ? primary : iso639Languages.find(([, known]) => known === primary)?.[0];
  return code ?? 'und';
}
