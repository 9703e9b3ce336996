import { afterAll, beforeAll, describe } from 'vitest';
import { describeConditions } from './s3-conformance/conditions.ts';
import { type ConformanceTarget, type Fixture, openTarget } from './s3-conformance/conformance-target.ts';
import { describeCopying } from './s3-conformance/copying.ts';
import { describeCrossOrigin } from './s3-conformance/cross-origin.ts';
import { describeIntegrity } from './s3-conformance/integrity.ts';
import { describeListing } from './s3-conformance/listing.ts';
import { describeMultipart } from './s3-conformance/multipart.ts';
import { describeObjects } from './s3-conformance/objects.ts';
import { describeSigning } from './s3-conformance/signing.ts';
import { describeVersions } from './s3-conformance/versions.ts';

/**
 * What Fyrestream expects of an S3, asked through the AWS SDK: the same questions for the local gateway and
 * for AWS. `open` runs once, before all tests. Proves behaviour on small objects, not memory or crashes.
 */
export function describeS3Conformance(name: string, open: () => Promise<ConformanceTarget>) {
  describe(`S3 conformance of ${name}`, () => {
    let fixture: Fixture | undefined;
    beforeAll(async () => {
      fixture = openTarget(await open());
    });
    afterAll(() => fixture?.client.destroy());
    const current = () => {
      if (fixture === undefined) throw new Error('the target is not open');
      return fixture;
    };
    describeObjects(current);
    describeIntegrity(current);
    describeConditions(current);
    describeMultipart(current);
    describeVersions(current);
    describeListing(current);
    describeCopying(current);
    describeSigning(current);
    describeCrossOrigin(current);
  });
}
