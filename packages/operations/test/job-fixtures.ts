import { admitJob, type JobRecord, type UnitRecord } from '@fyrestream/events';

export const jobId = 'abcdefghijklmnopqrstuvwxyz';

/** A time so many seconds after the upload. */
export function after(seconds: number): string {
  return new Date(Date.parse('2026-11-23T10:00:00.000Z') + seconds * 1_000).toISOString();
}

/** A job that was admitted two seconds after its upload, with changes. */
export function jobRecord(changes: Partial<JobRecord> = {}): JobRecord {
  const admitted = admitJob({
    jobId,
    upload: {
      bucket: 'fyrestream-videos-local',
      key: 'videos/holiday.mov',
      versionId: 'v1',
      etag: 'e',
      sizeBytes: 12_300_000,
      sequencer: null,
      uploadedAt: after(0),
    },
    size: { cpuUnits: 2_048, memoryMiB: 4_096, ephemeralStorageGiB: 21 },
    capacity: 'spot',
    costEstimateUsd: 0.0017,
    refusal: null,
    at: after(2),
  });
  return { ...admitted, ...changes };
}

export function unitRecord(unitId: string, changes: Partial<UnitRecord> = {}): UnitRecord {
  return {
    jobId,
    unitId,
    state: 'claimed',
    token: 1,
    owner: 'attempt-1-slot-0',
    leaseUntil: after(100),
    progress: 0,
    updatedAt: after(3),
    ...changes,
  };
}
