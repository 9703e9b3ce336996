import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A unit that a worker has done. */
export interface UnitTime {
  readonly unitId: string;
  readonly seconds: number;
}

/** Reads from the logs of the workers what each unit took, in the order in which they were done. */
export async function readUnitTimes(logDirectory: string): Promise<UnitTime[]> {
  const names = (await readdir(logDirectory)).filter((name) => name.startsWith('fyrestream-transcoder'));
  const logs = await Promise.all(names.map((name) => readFile(join(logDirectory, name), 'utf8')));
  return logs.flatMap((log) => unitTimesOf(log));
}

function unitTimesOf(log: string): UnitTime[] {
  return log
    .split('\n')
    .filter((line) => line.includes('"unit-done"'))
    .map((line) => JSON.parse(line))
    .map(({ unitId, seconds }) => ({ unitId, seconds }));
}
