import { jobRecord } from '@fyrestream/operations/test/job-fixtures';
import { expect, it } from 'vitest';
import { checkQuota } from './check-quota.ts';
import type { RunCheckTool } from './run-check-tool.ts';

const reason = { code: 'quota-reached', message: 'm', retryable: true };
const size = (vcpus: number) => ({ cpuUnits: vcpus * 1_024, memoryMiB: 16_384, ephemeralStorageGiB: 21 });
const large = jobRecord({ reason, size: size(8) });
const small = jobRecord({ reason, size: size(4) });

/** The quota codes of AWS: L-3032A538 is that of on-demand capacity. */
const quotas =
  (onDemand: string, spot: string): RunCheckTool =>
  async (_file, argv) => ({ output: argv.includes('L-3032A538') ? onDemand : spot });

it('F15 a job whose task no quota allows does not wait in silence', async () => {
  const finding = await checkQuota(quotas('6.0', '6.0'), [large, small], 'eu-central-1');
  expect(finding).toMatchObject({ about: 'quota', verdict: 'wrong' });
  expect(finding.message).toContain(
    `no wait helps ${large.jobId}: up to 8 vCPUs at once are needed, and the quota of this account in eu-central-1 is 6`,
  );
});

it('F15 a job that one of the two quotas allows only waits', async () => {
  expect(await checkQuota(quotas('6', '16'), [large], 'eu-central-1')).toMatchObject({ verdict: 'well' });
});

it('reads no quota while no job waits for one, and says if it cannot', async () => {
  const fails: RunCheckTool = async () => ({ failure: 'AccessDenied' });
  expect(await checkQuota(fails, [jobRecord()], 'eu-central-1')).toMatchObject({ verdict: 'well' });
  expect(await checkQuota(fails, [small], 'eu-central-1')).toMatchObject({ verdict: 'unknown' });
});
