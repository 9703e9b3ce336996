import { retryOnConflict } from '@fyrestream/cloud';
import {
  FyrestreamError,
  type Grant,
  type JobRecord,
  lineEntryOf,
  type TurnRecord,
  takeTurn,
  tenantOf,
  withGrants,
} from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { countPlaces, type Places } from './count-places.ts';

/** Chooses the job that gets a free place; null if none waits. */
export type ChooseJob = (turn: TurnRecord, places: Places) => Promise<JobRecord | null>;

/** The launch that a place is for: of a leading worker (slot 0) or of an additional one. */
type Asking = Pick<Grant, 'jobId' | 'attempt' | 'slot'>;

interface GrantOptions {
  /** Jobs as they were read, of which the index may show an earlier version. */
  readonly known?: readonly JobRecord[];
  /** Set if only this launch may get the place: what an earlier call was given for it and did not use does not count. */
  readonly asking?: Asking;
  /** Whether the job takes its turn in the order of the line. */
  readonly takesTurn: boolean;
}

/**
 * Gives one free place to one launch. The write of the turn fails if another place was given meanwhile: then all is read again,
 * so two invokers never give the same place.
 * @returns the job that must be launched now; null if no place is free or no job was chosen
 */
async function grant(
  dependencies: InvokerDependencies,
  choose: ChooseJob,
  { known, asking, takesTurn }: GrantOptions,
): Promise<JobRecord | null> {
  const { ledger, clock, settings } = dependencies;
  const isConflict = (error: unknown) => error instanceof FyrestreamError && error.code === turnTaken.code;
  return retryOnConflict(
    async () => {
      const turn = await ledger.readTurn();
      const others = turn.grants.filter(({ jobId, slot }) => jobId !== asking?.jobId || slot !== asking.slot);
      const places = await countPlaces(dependencies, others, known);
      if (places.taken >= settings.maxConcurrentTasks) return null;
      const job = await choose(turn, places);
      if (job === null) return null;
      const given = { ...(asking ?? leadingWorkerOf(job)), tenant: tenantOf(job.upload.key), at: clock() };
      const grants = [...places.openGrants, given];
      const next = takesTurn
        ? takeTurn(turn, lineEntryOf(job, settings.priorities), grants)
        : withGrants(turn, grants);
      if (!(await ledger.writeTurn(next))) throw new FyrestreamError(turnTaken);
      return job;
    },
    { isConflict, code: 'ledger-contention', subject: 'The turn of the waiting jobs' },
  );
}

const turnTaken = { code: 'turn-taken', message: 'Another place was given meanwhile.', retryable: true };

function leadingWorkerOf({ jobId, attempt }: JobRecord): Asking {
  return { jobId, attempt: attempt + 1, slot: 0 };
}

/** Gives a free place to a job in line. @returns the job that must be launched now; null if there is none */
export function grantPlace(
  dependencies: InvokerDependencies,
  choose: ChooseJob,
  options: Pick<GrantOptions, 'known'> = {},
): Promise<JobRecord | null> {
  return grant(dependencies, choose, { ...options, takesTurn: true });
}

/** Gives a free place to a job that is due, unless others wait in line. @returns whether it got one */
export async function grantPlaceTo(dependencies: InvokerDependencies, job: JobRecord): Promise<boolean> {
  const isLineEmpty = async () => (await dependencies.ledger.listLine()).length === 0;
  if (!(await isLineEmpty())) return false;
  const choose = async () => ((await isLineEmpty()) ? job : null);
  return (await grant(dependencies, choose, { asking: leadingWorkerOf(job), takesTurn: true })) !== null;
}

/**
 * Gives a place again to a job whose last launch started no task: a place is for one launch, and another job may have got it
 * since. The jobs in line wait for this one, whose turn it was. @returns whether it still has a place
 */
export async function renewPlace(dependencies: InvokerDependencies, job: JobRecord): Promise<boolean> {
  const options = { asking: leadingWorkerOf(job), takesTurn: false };
  return (await grant(dependencies, async () => job, options)) !== null;
}

/**
 * Gives a place to an additional worker.
 * @param isSpare whether one of so many free places may be taken
 * @returns whether it got one
 */
export async function grantAdditionalPlace(
  dependencies: InvokerDependencies,
  job: JobRecord,
  slot: number,
  isSpare: (freePlaces: number) => Promise<boolean>,
): Promise<boolean> {
  const { jobId, attempt } = job;
  const { maxConcurrentTasks } = dependencies.settings;
  const choose: ChooseJob = async (_, { taken }) =>
    (await isSpare(maxConcurrentTasks - taken)) ? job : null;
  const options = { asking: { jobId, attempt, slot }, takesTurn: false };
  return (await grant(dependencies, choose, options)) !== null;
}
