import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A log stream: one file. */
export interface LogStream {
  readonly name: string;
  readonly path: string;
}

/** The streams of each log group by its name, in the order of their names. */
export type LogGroups = ReadonlyMap<string, () => Promise<readonly LogStream[]>>;

/** All processes of a function write to one file. */
export function functionStreams(path: string): () => Promise<readonly LogStream[]> {
  return async () => [{ name: 'local', path }];
}

/** Each task writes to a file of its own: `<family>-<task id>.log`. */
export function taskStreams(folder: string, family: string): () => Promise<readonly LogStream[]> {
  const [start, end] = [`${family}-`, '.log'];
  return async () => {
    const names = (await readdir(folder)).filter((name) => name.startsWith(start) && name.endsWith(end));
    return names
      .toSorted()
      .map((name) => ({ name: `worker/${name.slice(start.length, -end.length)}`, path: join(folder, name) }));
  };
}
