/** The path of an upload below `videos/`, in folder and name. */
export function splitSourceKey(sourceKey: string): { folder: string; name: string } {
  const path = sourceKey.replace(/^videos\//, '');
  const cut = path.lastIndexOf('/') + 1;
  return { folder: path.slice(0, cut), name: path.slice(cut) };
}
