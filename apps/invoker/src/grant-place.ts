import { retryOnConflict } from '@fyrestream/cloud';
import { FyrestreamError, type JobRecord, lineEntryOf, type TurnRecord, takeTurn } from '@fyrestream/events';
import { countPlaces, type Places } from './count-places.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';

/** Chooses the job that gets a free place; null if none waits. */
export type ChooseJob = (turn: TurnRecord, places: Places) => Promise<JobRecord | null>;

/**
 * Gives one free place to a job. The write of the turn fails if another place was given meanwhile: then all is read again, so
 * two invokers never give the same place.
 * @param known jobs as they are, which the index may show as they were
 * @returns the job that must be launched now; null if no place is free or no job was chosen
 */
export async function grantPlace(
  dependencies: InvokerDependencies,
  choose: ChooseJob,
  known: readonly JobRecord[] = [],
): Promise<JobRecord | null> {
  const { ledger, clock, settings } = dependencies;
  const isConflict = (error: unknown) => error instanceof FyrestreamError && error.code === turnTaken.code;
  return retryOnConflict(
    async () => {
      const turn = await ledger.readTurn();
      const places = await countPlaces(dependencies, turn.grants, known);
      if (places.taken >= settings.maxConcurrentTasks) return null;
      const job = await choose(turn, places);
      if (job === null) return null;
      const next = takeTurn(turn, lineEntryOf(job, settings.priorities), {
        ...{ version: job.version, at: clock(), grants: places.openGrants },
      });
      if (!(await ledger.writeTurn(next))) throw new FyrestreamError(turnTaken);
      return job;
    },
    { isConflict, code: 'ledger-contention', subject: 'The turn of the waiting jobs' },
  );
}

const turnTaken = { code: 'turn-taken', message: 'Another place was given meanwhile.', retryable: true };

/** Gives a free place to a job that is due, unless others wait in line. @returns whether it got one */
export async function grantPlaceTo(dependencies: InvokerDependencies, job: JobRecord): Promise<boolean> {
  const isLineEmpty = async () => (await dependencies.ledger.listLine()).length === 0;
  if (!(await isLineEmpty())) return false;
  const granted = await grantPlace(dependencies, async () => ((await isLineEmpty()) ? job : null));
  return granted !== null;
}
