/** How a player's menu calls a language: its own name (`Deutsch` for `de`); the tag where it has none. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
