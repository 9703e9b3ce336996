import { rmSync } from 'node:fs';
import { isJsonObject } from '../json-value.ts';
import type { LocalConnection } from '../local-connection.ts';
import { readJsonFile } from './read-json-file.ts';
import { writeJsonAtomically } from './write-json-atomically.ts';

/** The content of `local.json`: the connection without its secrets. */
export type ConnectionFile = Omit<LocalConnection, 'credentials'> & {
  readonly credentialsFile: string;
};

export function writeConnectionFile(
  path: string,
  connection: LocalConnection,
  credentialsFile: string,
): void {
  const { credentials: _kept, ...open } = connection;
  writeJsonAtomically(path, { ...open, credentialsFile } satisfies ConnectionFile);
}

/** Reads the file; undefined where it does not exist. The cloud may have been killed since it was written. */
export function readConnectionFile(path: string): ConnectionFile | undefined {
  const value = readJsonFile(path);
  return isJsonObject(value) ? (value as unknown as ConnectionFile) : undefined;
}

export function removeConnectionFile(path: string): void {
  rmSync(path, { force: true });
}
