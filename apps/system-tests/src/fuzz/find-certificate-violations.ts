import type { JobRecord } from '@fyrestream/events';
import { verifyPublished } from '@fyrestream/media';
import type { CloudClients } from '../connect-to-cloud.ts';
import type { Violation } from '../violations/violation.ts';

/** Verifies what a job published, from its certificate and its files. */
export async function findCertificateViolations(
  { store, outputBucket: bucket }: CloudClients,
  { jobId, outputs }: JobRecord,
): Promise<Violation[]> {
  const prefix = outputs?.prefix ?? '';
  const listed = await store.list(bucket, prefix);
  const sizes = new Map(listed.map(({ key, sizeBytes }) => [key.slice(prefix.length), sizeBytes]));
  const { checks } = await verifyPublished({
    sizes: async () => sizes,
    async *stream(path) {
      yield await store.readRange({ bucket, key: prefix + path }, 0, (sizes.get(path) ?? 0) - 1);
    },
  });
  return checks
    .filter(({ passed }) => !passed)
    .map(({ name }) => ({ kind: 'wrong', message: `the certificate of job ${jobId} fails: ${name}`, jobId }));
}
