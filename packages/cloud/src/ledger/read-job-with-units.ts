import type { JobRecord, UnitRecord } from '@fyrestream/events';
import { jobOfItem } from './job-items.ts';
import { jobKey, type LedgerTable } from './ledger-table.ts';
import { listPartition } from './list-partition.ts';
import { unitOfItem } from './unit-items.ts';

/** A job and its units by one request, for a command that polls them. The job is null where it has no record. */
export async function readJobWithUnits(
  table: LedgerTable,
  jobId: string,
): Promise<{ job: JobRecord | null; units: UnitRecord[] }> {
  const { pk, sk } = jobKey(jobId);
  const items = await listPartition(table, pk);
  const job = items.find((item) => item.sk === sk);
  return {
    job: job === undefined ? null : jobOfItem(job),
    units: items.filter((item) => item.sk !== sk).map(unitOfItem),
  };
}
