import { retryOnConflict } from '@fyrestream/cloud';
import { FyrestreamError, type JobRecord, lineEntryOf, type TurnRecord, takeTurn } from '@fyrestream/events';
import { countPlaces, type Places } from './count-places.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';

/** Chooses the job that gets a free place; null if none waits. */
export type ChooseJob = (turn: TurnRecord, places: Places) => Promise<JobRecord | null>;

interface GrantOptions {
  /** Jobs as they are, which the index may show as they were. */
  readonly known?: readonly JobRecord[];
  /** The only job that may be chosen. */
  readonly forJobId?: string;
}

/**
 * Gives one free place to a job. The write of the turn fails if another place was given meanwhile: then all is read again, so
 * two invokers never give the same place.
 * @returns the job that must be launched now; null if no place is free or no job was chosen
 */
export async function grantPlace(
  dependencies: InvokerDependencies,
  choose: ChooseJob,
  options: GrantOptions = {},
): Promise<JobRecord | null> {
  const { ledger, clock, settings } = dependencies;
  const isConflict = (error: unknown) => error instanceof FyrestreamError && error.code === turnTaken.code;
  return retryOnConflict(
    async () => {
      const turn = await ledger.readTurn();
      // What an earlier call about the same job was given and did not use is not in its way.
      const grants = turn.grants.filter(({ jobId }) => jobId !== options.forJobId);
      const places = await countPlaces(dependencies, grants, options.known);
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
  const choose = async () => ((await isLineEmpty()) ? job : null);
  const granted = await grantPlace(dependencies, choose, { forJobId: job.jobId });
  return granted !== null;
}
