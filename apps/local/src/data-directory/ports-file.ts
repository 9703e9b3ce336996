import { isJsonObject } from '../json-value.ts';
import { readJsonFile } from './read-json-file.ts';
import { writeJsonAtomically } from './write-json-atomically.ts';

/** The ports of a local cloud, kept so that other tools find it after a restart. */
export interface Ports {
  readonly controlPlane: number;
  readonly s3: number;
  /** Absent where a release without it wrote the file. */
  readonly api?: number;
}

/** @returns null before the first start */
export function readPorts(path: string): Ports | null {
  const value = readJsonFile(path);
  return isJsonObject(value) && isPort(value.controlPlane) && isPort(value.s3)
    ? {
        controlPlane: value.controlPlane,
        s3: value.s3,
        ...(isPort(value.api) && { api: value.api }),
      }
    : null;
}

export function writePorts(path: string, ports: Ports): void {
  writeJsonAtomically(path, ports);
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536;
}
