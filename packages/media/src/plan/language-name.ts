/** The name of a language in a player's menu: its own name (`Deutsch` for `de`); the tag if it has none. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
