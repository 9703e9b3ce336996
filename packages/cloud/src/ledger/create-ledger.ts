import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  Deletion,
  JobRecord,
  JobStatus,
  JobStep,
  LineEntry,
  RetiredVersion,
  TurnRecord,
  Upload,
} from '@fyrestream/events';
import type { Clock } from '../clock.ts';
import { type Connection, clientConfiguration } from '../connection.ts';
import { readOutput } from './change-output.ts';
import {
  type DeletedSourceEntry,
  forgetDeletedSource,
  listDeletedSources,
  recordDeletedSource,
} from './deleted-sources.ts';
import { advance, createJob, listOwedJobs, readJob } from './job-items.ts';
import type { JobPhase } from './job-phase.ts';
import type { LedgerTable } from './ledger-table.ts';
import { joinLine, type LineRange, leaveLine, listLine, readLine } from './line-items.ts';
import { listJobs, listPhase, listWholePhase } from './list-jobs.ts';
import {
  claimOutput,
  deleteRetiredVersionEntry,
  listOutputsWithRetiredVersions,
  recordUpload,
  removeSupersededJobIds,
} from './output-items.ts';
import { readJobWithUnits } from './read-job-with-units.ts';
import { recordDeletion, recordUnpublished } from './record-deletion.ts';
import { readSweepCursor, writeSweepCursor } from './sweep-cursor.ts';
import { readTurn, writeTurn } from './turn-item.ts';
import {
  type Claim,
  claimUnit,
  finishUnit,
  listUnits,
  type NewClaim,
  readUnit,
  recordInexactness,
  releaseClaim,
  releaseClaimsOf,
  renewClaim,
  reopenUnits,
  type UnitEnd,
  type UnitReport,
} from './unit-items.ts';

export interface LedgerSettings {
  readonly tableName: string;
  readonly recordRetentionDays: number;
  readonly clock: Clock;
}

/** The ledger of jobs, their units and the stable outputs; every write is one conditional write. */
export type Ledger = ReturnType<typeof createLedger>;

export function createLedger(connection: Connection, settings: LedgerSettings) {
  const documents = DynamoDBDocumentClient.from(
    new DynamoDBClient(clientConfiguration(connection, 'dynamodb')),
    {
      marshallOptions: { removeUndefinedValues: true },
    },
  );
  return createLedgerWithTable({ documents, ...settings }, settings.clock);
}

/** The ledger with any document client, such as that of the simulator. */
export function createLedgerWithTable(table: LedgerTable, clock: Clock) {
  return {
    createJob: (job: JobRecord) => createJob(table, job),
    readJob: (jobId: string) => readJob(table, jobId),
    readJobWithUnits: (jobId: string) => readJobWithUnits(table, jobId),
    advance: (jobId: string, step: JobStep) => advance(table, jobId, step, clock()),
    listJobs: (status: JobStatus | readonly JobStatus[], options?: Parameters<typeof listJobs>[2]) =>
      listJobs(table, status, options),
    listPhase: (phase: JobPhase, options?: Parameters<typeof listPhase>[2]) =>
      listPhase(table, phase, options),
    listWholePhase: (phase: JobPhase) => listWholePhase(table, phase),
    listOwedJobs: (limit: number) => listOwedJobs(table, limit),

    joinLine: (entry: LineEntry, version: number) => joinLine(table, entry, version),
    leaveLine: (entry: LineEntry, readVersion: number) => leaveLine(table, entry, readVersion),
    listLine: (range?: LineRange, limit?: number) => listLine(table, range, limit),
    readLine: () => readLine(table),
    readTurn: () => readTurn(table),
    writeTurn: (turn: TurnRecord) => writeTurn(table, turn),

    claimUnit: (unit: NewClaim) => claimUnit(table, unit, clock()),
    renewClaim: (claim: Claim, report: UnitReport) => renewClaim(table, claim, report, clock()),
    releaseClaim: (claim: Claim) => releaseClaim(table, claim, clock()),
    releaseClaimsOf: (jobId: string, ownerPrefix: string) =>
      releaseClaimsOf(table, jobId, ownerPrefix, clock()),
    finishUnit: (claim: Claim, end: UnitEnd = {}) => finishUnit(table, claim, end, clock()),
    recordInexactness: (unit: Omit<Claim, 'owner'>) => recordInexactness(table, unit, clock()),
    readUnit: (jobId: string, unitId: string) => readUnit(table, jobId, unitId),
    listUnits: (jobId: string) => listUnits(table, jobId),
    reopenUnits: (jobId: string) => reopenUnits(table, jobId, clock()),

    readOutput: (sourceKey: string) => readOutput(table, sourceKey),
    recordUpload: (upload: Upload) => recordUpload(table, upload),
    removeSupersededJobIds: (sourceKey: string, jobIds: string[]) =>
      removeSupersededJobIds(table, sourceKey, jobIds),
    claimOutput: (upload: Upload, token: number) => claimOutput(table, upload, token, clock()),
    listOutputsWithRetiredVersions: (before: string, limit: number) =>
      listOutputsWithRetiredVersions(table, before, limit),
    deleteRetiredVersionEntry: (sourceKey: string, version: RetiredVersion) =>
      deleteRetiredVersionEntry(table, sourceKey, version),
    recordDeletion: (deletion: Deletion, endedJobIds: ReadonlySet<string>) =>
      recordDeletion(table, deletion, endedJobIds),
    recordUnpublished: (deletion: Deletion) => recordUnpublished(table, deletion),

    recordDeletedSource: (entry: DeletedSourceEntry) => recordDeletedSource(table, entry),
    listDeletedSources: (before: string, limit: number) => listDeletedSources(table, before, limit),
    forgetDeletedSource: (entry: DeletedSourceEntry) => forgetDeletedSource(table, entry, clock()),

    readSweepCursor: () => readSweepCursor(table),
    writeSweepCursor: (startAfter: string | null) => writeSweepCursor(table, startAfter),
  };
}
