import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** When a worker claimed a unit and had it done, in milliseconds since 1970. */
export interface UnitTime {
  readonly unitId: string;
  readonly claimedAt: number;
  readonly doneAt: number;
}

/** Reads from the logs of all workers when each unit was done. */
export async function readUnitTimes(logDirectory: string): Promise<UnitTime[]> {
  const names = (await readdir(logDirectory)).filter((name) =>
    name.startsWith('fyrestream-transcoder-local'),
  );
  const logs = await Promise.all(names.map((name) => readFile(join(logDirectory, name), 'utf8')));
  return logs.flatMap(unitTimesOf).toSorted((left, right) => left.claimedAt - right.claimedAt);
}

/** A unit that was claimed but never done is left out. */
export function unitTimesOf(log: string): UnitTime[] {
  const lines = log
    .split('\n')
    .filter((line) => /"unit-(claimed|done)"/.test(line))
    .map((line) => JSON.parse(line) as { msg: string; time: string; unitId: string; token: number });
  return lines
    .filter(({ msg }) => msg === 'unit-done')
    .flatMap(({ time, unitId, token }) => {
      const claim = lines.find(
        (line) => line.msg === 'unit-claimed' && line.unitId === unitId && line.token === token,
      );
      return claim === undefined
        ? []
        : [{ unitId, claimedAt: Date.parse(claim.time), doneAt: Date.parse(time) }];
    });
}
