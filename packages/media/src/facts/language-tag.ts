import { iso639Languages } from './iso-639-languages.ts';

const twoLetterTags: Record<string, string> = Object.fromEntries(iso639Languages);

/** Codes that name no language: undetermined, no linguistic content, uncoded, multiple. */
const noLanguage = new Set(['und', 'zxx', 'mis', 'mul', 'qaa', 'unk', 'xxx']);

/**
 * The BCP-47 tag of a container's language tag: `eng` and `EN` become `en`, `pt-BR` stays. Null if the tag names no
 * language or is invalid.
 */
export function languageTag(tag: string | undefined): string | null {
  const [primary = '', ...subtags] = (tag ?? '').trim().replaceAll('_', '-').toLowerCase().split('-');
  if (!/^[a-z]{2,3}$/.test(primary) || noLanguage.has(primary)) return null;
  try {
    return Intl.getCanonicalLocales([twoLetterTags[primary] ?? primary, ...subtags].join('-'))[0] ?? null;
  } catch {
    // The rest of the tag is free text (`eng-commentary by the director`): only the language is used.
    return twoLetterTags[primary] ?? primary;
  }
}
