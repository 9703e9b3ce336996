import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  addSeconds,
  maxClockDifferenceMinutes,
  planUnitId,
  type UnitPace,
  type UnitRecord,
  unitRecordSchema,
} from '@fyrestream/events';
import {
  expiryOf,
  isConditionFailed,
  jobKey,
  type LedgerTable,
  unitKey,
  unitSortPrefix,
} from './ledger-table.ts';
import { listPartition } from './list-partition.ts';

/** The lease of a worker on a unit. Its token is a condition of every write about the unit; a later claim makes it void. */
export interface Claim {
  readonly jobId: string;
  readonly unitId: string;
  readonly token: number;
  readonly owner: string;
}

/** How far a unit is. */
export interface UnitReport {
  /** See `UnitRecord`. */
  readonly progress: number;
  readonly pace?: UnitPace | undefined;
  readonly requests?: UnitRecord['requests'];
}

export interface NewClaim extends Pick<Claim, 'jobId' | 'unitId'> {
  /** Unique for each process. */
  readonly owner: string;
  /** When the launch of the process was planned. */
  readonly launchedAt?: string | undefined;
}

/** How long a claim is valid without renewal. */
export const leaseSeconds = 60;

/**
 * Claims a unit that is open or new, whose lease has expired, or whose lease was recorded by a clock that was wrong.
 * @returns the claim with what its earlier owners reported; null if the unit is done or claimed by another owner
 */
export async function claimUnit(
  table: LedgerTable,
  unit: NewClaim,
  at: string,
): Promise<(Claim & { readonly reported: UnitReport }) | null> {
  const { jobId, unitId, owner, launchedAt } = unit;
  try {
    const { Attributes } = await table.documents.send(
      new UpdateCommand({
        TableName: table.tableName,
        Key: unitKey(jobId, unitId),
        UpdateExpression:
          'SET jobId = :jobId, unitId = :unitId, #state = :claimed, #owner = :owner, leaseUntil = :leaseUntil, ' +
          `claimedAt = :at, ${launchedAt === undefined ? '' : 'launchedAt = :launchedAt, '}progress = if_not_exists(progress, :zero), ` +
          'updatedAt = :at, expiresAt = :expiresAt, #token = if_not_exists(#token, :zero) + :one',
        ConditionExpression:
          'attribute_not_exists(pk) OR #state = :open OR (#state = :claimed AND ' +
          '(leaseUntil < :at OR leaseUntil > :implausible))',
        ExpressionAttributeNames: { '#state': 'state', '#owner': 'owner', '#token': 'token' },
        ExpressionAttributeValues: {
          ':jobId': jobId,
          ':unitId': unitId,
          ':claimed': 'claimed',
          ':open': 'open',
          ':owner': owner,
          ':leaseUntil': addSeconds(at, leaseSeconds),
          ':at': at,
          ':implausible': addSeconds(at, leaseSeconds + maxClockDifferenceMinutes * 60),
          ':zero': 0,
          ':one': 1,
          ':expiresAt': expiryOf(table, at),
          ...(launchedAt !== undefined && { ':launchedAt': launchedAt }),
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    const { token, ...unit } = unitOfItem(Attributes ?? {});
    return { jobId, unitId, owner, token, reported: reportOf(unit) };
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    const existing = await readUnit(table, jobId, unitId);
    if (existing?.state !== 'claimed' || existing.owner !== owner) return null;
    // The answer was lost.
    return { jobId, unitId, owner, token: existing.token, reported: reportOf(existing) };
  }
}

function reportOf({ progress, pace, requests }: UnitReport): UnitReport {
  return { progress, pace, requests };
}

/** Renews the lease and records the progress. @returns false if the claim is void: the worker must stop its work on the unit */
export function renewClaim(
  table: LedgerTable,
  claim: Claim,
  report: UnitReport,
  at: string,
): Promise<boolean> {
  return writeUnderClaim(table, claim, {
    state: 'claimed',
    leaseUntil: addSeconds(at, leaseSeconds),
    ...report,
    at,
  });
}

/** Opens the unit again, so that other workers need not wait until the lease expires. */
export function releaseClaim(table: LedgerTable, claim: Claim, at: string): Promise<boolean> {
  return writeUnderClaim(table, claim, { state: 'open', leaseUntil: at, at });
}

/** How a unit ended. */
export interface UnitEnd {
  /** See `UnitRecord`. */
  readonly isInexact?: boolean;
  readonly videoUnits?: number;
  readonly audioUnits?: number;
  readonly pace?: UnitPace;
  readonly requests?: UnitRecord['requests'];
}

/** Marks the unit as done, with the token of this claim. @returns false if the claim is void */
export async function finishUnit(
  table: LedgerTable,
  claim: Claim,
  end: UnitEnd,
  at: string,
): Promise<boolean> {
  const done = { state: 'done', leaseUntil: at, progress: 1, at } as const;
  if (await writeUnderClaim(table, claim, { ...done, ...end })) return true;
  const existing = await readUnit(table, claim.jobId, claim.unitId);
  return existing?.state === 'done' && existing.token === claim.token;
}

/** Releases the claims of stopped workers: of all owners with this prefix. */
export async function releaseClaimsOf(
  table: LedgerTable,
  jobId: string,
  ownerPrefix: string,
  at: string,
): Promise<void> {
  for (const { unitId, state, owner, token } of await listUnits(table, jobId)) {
    if (state !== 'claimed' || !owner?.startsWith(ownerPrefix)) continue;
    await releaseClaim(table, { jobId, unitId, owner, token }, at);
  }
}

/** Reads the newest state of one unit. @returns null if nobody has claimed it yet */
export async function readUnit(
  table: LedgerTable,
  jobId: string,
  unitId: string,
): Promise<UnitRecord | null> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.tableName, Key: unitKey(jobId, unitId), ConsistentRead: true }),
  );
  return Item === undefined ? null : unitOfItem(Item);
}

export async function listUnits(table: LedgerTable, jobId: string): Promise<UnitRecord[]> {
  return (await listPartition(table, jobKey(jobId).pk, unitSortPrefix)).map(unitOfItem);
}

/**
 * Opens every unit again for a retry from the start; the new tokens make all current claims void. The plan comes first: a
 * worker that claims a unit by the old plan does so before the others are listed, or notices the new token of the plan.
 */
export async function reopenUnits(table: LedgerTable, jobId: string, at: string): Promise<void> {
  const isPlan = ({ unitId }: UnitRecord) => unitId === planUnitId;
  await reopen(table, (await listUnits(table, jobId)).filter(isPlan), at);
  const units = await listUnits(table, jobId);
  await reopen(
    table,
    units.filter((unit) => !isPlan(unit)),
    at,
  );
}

async function reopen(table: LedgerTable, units: readonly UnitRecord[], at: string): Promise<void> {
  for (const { jobId, unitId } of units) {
    await table.documents.send(
      new UpdateCommand({
        TableName: table.tableName,
        Key: unitKey(jobId, unitId),
        UpdateExpression:
          'SET #state = :open, #token = #token + :one, leaseUntil = :at, progress = :zero, updatedAt = :at REMOVE isInexact, pace',
        ExpressionAttributeNames: { '#state': 'state', '#token': 'token' },
        ExpressionAttributeValues: { ':open': 'open', ':one': 1, ':zero': 0, ':at': at },
      }),
    );
  }
}

/** Marks a finished unit as not exact. Nothing happens if the unit was claimed again. */
export async function recordInexactness(
  table: LedgerTable,
  { jobId, unitId, token }: Omit<Claim, 'owner'>,
  at: string,
): Promise<void> {
  try {
    await table.documents.send(
      new UpdateCommand({
        TableName: table.tableName,
        Key: unitKey(jobId, unitId),
        UpdateExpression: 'SET isInexact = :true, updatedAt = :at',
        ConditionExpression: '#token = :token AND #state = :done',
        ExpressionAttributeNames: { '#state': 'state', '#token': 'token' },
        ExpressionAttributeValues: { ':true': true, ':at': at, ':token': token, ':done': 'done' },
      }),
    );
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}

/** What a write sets only where it is given. */
const optionalFields = ['progress', 'pace', 'requests', 'isInexact', 'videoUnits', 'audioUnits'] as const;

async function writeUnderClaim(
  table: LedgerTable,
  claim: Claim,
  write: Partial<Pick<UnitRecord, (typeof optionalFields)[number]>> & {
    state: UnitRecord['state'];
    leaseUntil: string;
    at: string;
  },
): Promise<boolean> {
  const given = optionalFields.filter((field) => write[field] !== undefined);
  try {
    await table.documents.send(
      new UpdateCommand({
        TableName: table.tableName,
        Key: unitKey(claim.jobId, claim.unitId),
        UpdateExpression: [
          'SET #state = :state, leaseUntil = :leaseUntil, updatedAt = :at',
          ...given.map((field) => `${field} = :${field}`),
        ].join(', '),
        ConditionExpression: '#token = :token AND #state = :claimed',
        ExpressionAttributeNames: { '#state': 'state', '#token': 'token' },
        ExpressionAttributeValues: {
          ':state': write.state,
          ':leaseUntil': write.leaseUntil,
          ':at': write.at,
          ...Object.fromEntries(given.map((field) => [`:${field}`, write[field]])),
          ':token': claim.token,
          ':claimed': 'claimed',
        },
      }),
    );
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

export function unitOfItem(item: Record<string, unknown>): UnitRecord {
  const { pk: _pk, sk: _sk, expiresAt: _expiresAt, ...unit } = item;
  return unitRecordSchema.parse(unit);
}
