/** The form encoding of keys in events and in lists with `encoding-type=url`: a space is `+`, a plus `%2B`, a slash stays. */
export function encodeFormKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
