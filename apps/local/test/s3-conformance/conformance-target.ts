import { randomUUID } from 'node:crypto';
import { S3Client, type S3ClientConfig, S3ServiceException } from '@aws-sdk/client-s3';

/** The S3 under test: the gateway, or the real one. */
export interface ConformanceTarget {
  /** Undefined for AWS itself. */
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly credentials: NonNullable<S3ClientConfig['credentials']>;
  /** Exists, is versioned, and may be filled with rubbish below a prefix of its own. */
  readonly bucket: string;
}

export interface Fixture {
  readonly client: S3Client;
  readonly bucket: string;
  /** A key that nothing else uses. */
  readonly key: (name?: string) => string;
  readonly clientWith: (changes: Partial<S3ClientConfig>) => S3Client;
}

/** Call in `beforeAll`; clients are destroyed by the caller. */
export function openTarget(target: ConformanceTarget): Fixture {
  const { endpoint, region, credentials, bucket } = target;
  const configuration: S3ClientConfig = {
    region,
    credentials,
    maxAttempts: 1,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  };
  const run = `conformance/${randomUUID()}`;
  let count = 0;
  return {
    client: new S3Client(configuration),
    bucket,
    key: (name = 'object') => `${run}/${++count}/${name}`,
    clientWith: (changes) => new S3Client({ ...configuration, ...changes }),
  };
}

/** The code and status of the error that a call ends in; fails the test if there is none. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ code: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    return { code: error.name, status: error.$metadata.httpStatusCode };
  }
  return { code: 'none', status: undefined };
}
