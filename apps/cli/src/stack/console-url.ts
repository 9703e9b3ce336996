/**
 * The page takes the token from the fragment, which browsers do not send.
 * @param jobId of the film that the page shows; without it, it shows the jobs
 */
export function consoleUrlOf(
  { url, token }: { readonly url: string; readonly token: string },
  jobId?: string,
): string {
  return `${url}/${jobId === undefined ? '' : `films/${jobId}`}#token=${token}`;
}
