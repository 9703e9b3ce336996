import { z } from 'zod';
import { jobIdSchema } from '../upload.ts';
import type { LineEntry } from './line-entry.ts';
import { type Priority, priorities } from './priority.ts';

/** A place that was given to a job, until the index shows the launch of the job. */
export const grantSchema = z.strictObject({
  jobId: jobIdSchema,
  tenant: z.string(),
  /** Of the record of the job before the launch: a later one says how the launch went. */
  version: z.int().positive(),
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

/** @param grants those that still count, without the new one */
export function takeTurn(
  turn: TurnRecord,
  { priority, tenant, jobId }: LineEntry,
  { version, at, grants }: Pick<Grant, 'version' | 'at'> & { readonly grants: readonly Grant[] },
): TurnRecord {
  const passedOver = { ...turn.passedOver };
  for (const other of priorities) passedOver[other] = other === priority ? 0 : passedOver[other] + 1;
  return {
    version: turn.version + 1,
    served: { ...turn.served, [priority]: tenant },
    passedOver,
    grants: [...grants, { jobId, tenant, version, at }],
  };
}
