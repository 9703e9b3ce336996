import { z } from 'zod';
import { jobIdSchema } from '../upload.ts';
import type { LineEntry } from './line-entry.ts';
import { type Priority, priorities } from './priority.ts';

/** A place that was given to one launch of a job, until the index shows that launch. */
export const grantSchema = z.strictObject({
  jobId: jobIdSchema,
  tenant: z.string(),
  /** Of the launch. A leading worker is launched once with each number, an additional one with the number of its leading worker. */
  attempt: z.int().positive(),
  /** 0 for the leading worker. */
  slot: z.int().nonnegative(),
  at: z.iso.datetime(),
});
export type Grant = z.infer<typeof grantSchema>;

const byPriority = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ urgent: value, normal: value, bulk: value });

/** Whose turn it is. Changed by each place that is given, by one conditional write on `version`. */
export const turnRecordSchema = z.strictObject({
  /** 0 before the first write. */
  version: z.int().nonnegative(),
  /** The tenant that was served last; empty before the first. */
  served: byPriority(z.string()),
  /** Places given to other priorities since this one was served last. */
  passedOver: byPriority(z.int().nonnegative()),
  grants: z.array(grantSchema),
});
export type TurnRecord = z.infer<typeof turnRecordSchema>;

export const firstTurn: TurnRecord = {
  version: 0,
  served: { urgent: '', normal: '', bulk: '' },
  passedOver: { urgent: 0, normal: 0, bulk: 0 },
  grants: [],
};

/** While a higher priority waits, each priority gets one of this many places. */
export const placesPerLowerPriority = 10;

/** The priorities in the order in which the next place is offered: first those that were passed over too often. */
export function priorityOrder({ passedOver }: TurnRecord): readonly Priority[] {
  const isOverdue = (priority: Priority) => passedOver[priority] >= placesPerLowerPriority - 1;
  const [highest, ...lower] = priorities;
  const overdue = lower.filter(isOverdue).toReversed();
  return [...overdue, highest, ...lower.filter((priority) => !isOverdue(priority))];
}

/** Gives a place to the job whose turn it is. @param grants those that count, with the new one */
export function takeTurn(
  turn: TurnRecord,
  { priority, tenant }: LineEntry,
  grants: readonly Grant[],
): TurnRecord {
  const passedOver = { ...turn.passedOver };
  for (const other of priorities) passedOver[other] = other === priority ? 0 : passedOver[other] + 1;
  return {
    ...withGrants(turn, grants),
    served: { ...turn.served, [priority]: tenant },
    passedOver,
  };
}

/** Gives a place beside the line: the order in which jobs are served does not change. @param grants as in `takeTurn` */
export function withGrants(turn: TurnRecord, grants: readonly Grant[]): TurnRecord {
  return { ...turn, version: turn.version + 1, grants: [...grants] };
}
