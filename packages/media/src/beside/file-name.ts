/** The file name of a key for people: control characters and marks of direction could change what a terminal shows. */
export function fileName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).replaceAll(/\p{C}/gu, '?');
}
