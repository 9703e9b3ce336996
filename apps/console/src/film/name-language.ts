const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** `German` for `de`; null without a language. */
export function nameLanguage(tag: string | null): string | null {
  return tag === null ? null : (names.of(tag) ?? tag);
}
