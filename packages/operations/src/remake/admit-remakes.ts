import { jobIdOf, type Upload } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';
import { waitForRoom } from '../stack/wait-for-room.ts';
import type { RemakeProposal } from './remake-proposal.ts';

export interface RemakeAdmission {
  /** Of estimates; without it, all are admitted. */
  readonly budgetUsd?: number | undefined;
  /** Messages that wait in the control queue at most, besides those of one page. */
  readonly maxWaiting: number;
}

export interface AdmittedRemakes {
  readonly admitted: readonly { readonly proposal: RemakeProposal; readonly jobId: string }[];
  /** Those that the budget did not reach: the first that was too much, and all after it. */
  readonly left: readonly RemakeProposal[];
}

/** Proposals that are admitted between two looks at the queue. */
const pageSize = 100;

/**
 * Asks the invoker for the proposed editions, in their order, until the sum of their estimates would exceed the budget. A proposal that
 * is asked for twice makes one job.
 */
export async function admitRemakes(
  { sender, queues }: Pick<Stack, 'sender' | 'queues'>,
  proposals: readonly RemakeProposal[],
  { budgetUsd = Number.POSITIVE_INFINITY, maxWaiting }: RemakeAdmission,
  signal: AbortSignal,
): Promise<AdmittedRemakes> {
  const { within, left } = divideByBudget(proposals, budgetUsd);
  const admitted: { proposal: RemakeProposal; jobId: string }[] = [];
  for (const [index, { proposal, upload }] of within.entries()) {
    if (index % pageSize === 0) await waitForRoom(queues.control, maxWaiting, signal);
    await sender.send({ kind: 'remake-requested', upload }, 0);
    admitted.push({ proposal, jobId: jobIdOf(upload) });
  }
  return { admitted, left };
}

interface DividedRemakes {
  readonly within: readonly { readonly proposal: RemakeProposal; readonly upload: Upload }[];
  /** The first that is too much, and all after it. */
  readonly left: readonly RemakeProposal[];
}

/**
 * How far a budget reaches among the proposals that would be made. A smaller one behind the first that is too much is not preferred: the
 * order is that of the caller.
 */
export function divideByBudget(proposals: readonly RemakeProposal[], budgetUsd: number): DividedRemakes {
  const wanted = proposals.flatMap((proposal) =>
    proposal.upload === null ? [] : [{ proposal, upload: proposal.upload }],
  );
  let sum = 0;
  const first = wanted.findIndex(({ proposal }) => {
    sum += proposal.costEstimateUsd;
    return sum > budgetUsd;
  });
  const count = first < 0 ? wanted.length : first;
  return { within: wanted.slice(0, count), left: wanted.slice(count).map(({ proposal }) => proposal) };
}
