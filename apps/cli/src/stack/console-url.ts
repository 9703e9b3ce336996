/** The page takes the token from the fragment, which browsers do not send. */
export function consoleUrlOf({ url, token }: { readonly url: string; readonly token: string }): string {
  return `${url}/#token=${token}`;
}
