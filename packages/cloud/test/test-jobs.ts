import { admitJob, type JobRecord, jobIdOf, type Launch, type Upload } from '@fyrestream/events';

const smallSize = { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 };

export function testUpload(changes: Partial<Upload> = {}): Upload {
  return {
    bucket: 'videos',
    key: 'videos/holiday.mov',
    versionId: 'version-1',
    etag: 'etag',
    sizeBytes: 1_000,
    sequencer: '00A1',
    uploadedAt: '2026-01-02T03:00:00.000Z',
    ...changes,
  };
}

/** Three versions of one key, oldest first: their sequencers have different lengths. */
export function testVersions(key: string): [Upload, Upload, Upload] {
  const version = (versionId: string, sequencer: string) => testUpload({ key, versionId, sequencer });
  return [version('v1', '0065A1'), version('v2', '0065A1B0'), version('v3', '0065B')];
}

export function testJob(changes: Partial<Upload> = {}, at = '2026-01-02T03:04:05.000Z'): JobRecord {
  const upload = testUpload(changes);
  return admitJob({
    jobId: jobIdOf(upload),
    upload,
    size: smallSize,
    costEstimateUsd: 0.01,
    refusal: null,
    capacity: 'spot',
    at,
  });
}

export function testLaunch(jobId: string, attempt = 1): Launch {
  return {
    attempt,
    taskArn: null,
    plannedAt: '2026-01-02T03:04:05.000Z',
    request: {
      clientToken: `token-${attempt}`,
      cluster: 'cluster',
      taskDefinition: 'transcoder:1',
      containerName: 'transcoder',
      capacity: 'spot',
      size: smallSize,
      subnets: ['subnet-1'],
      securityGroups: ['sg-1'],
      startedBy: jobId,
      environment: { FYRESTREAM_REQUEST: '{}' },
    },
  };
}
