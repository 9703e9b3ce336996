import { randomBytes } from 'node:crypto';
import { readJsonFile } from '../data-directory/read-json-file.ts';
import { writeJsonAtomically } from '../data-directory/write-json-atomically.ts';
import { isJsonObject } from '../json-value.ts';
import { type PrincipalName, principalNames } from './principals.ts';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export type AccessKeys = Readonly<Record<PrincipalName, AccessKey>>;

/** Loads the access key of every principal. Missing keys are created and stored in a file that only its owner may read. */
export function loadAccessKeys(path: string): AccessKeys {
  const stored = readJsonFile(path);
  const known = isJsonObject(stored) ? stored : {};
  const keys = Object.fromEntries(
    principalNames.map((name) => [name, isAccessKey(known[name]) ? known[name] : createAccessKey()]),
  ) as AccessKeys;
  if (principalNames.some((name) => keys[name] !== known[name])) writeJsonAtomically(path, keys, 0o600);
  return keys;
}

function isAccessKey(value: unknown): value is AccessKey {
  return (
    isJsonObject(value) && typeof value.accessKeyId === 'string' && typeof value.secretAccessKey === 'string'
  );
}

/** Uses the format of AWS, because some tools refuse other formats. */
function createAccessKey(): AccessKey {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const letters = [...randomBytes(16)].map((byte) => alphabet[byte % alphabet.length]);
  return { accessKeyId: `AKIA${letters.join('')}`, secretAccessKey: randomBytes(30).toString('base64') };
}
