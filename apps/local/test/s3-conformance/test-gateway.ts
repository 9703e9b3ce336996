import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createS3Gateway, type S3GatewayOptions } from '../../src/s3/create-s3-gateway.ts';
import type { SigningSecret } from '../../src/sigv4/principal.ts';

/** A gateway over a directory of its own. */
export interface TestGateway {
  readonly dataDirectory: string;
  readonly connection: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Every message that reached a queue, oldest first. */
  readonly messages: { readonly queueArn: string; readonly body: string }[];
  readonly close: () => Promise<void>;
  /** Closes and removes the directory. */
  readonly remove: () => Promise<void>;
}

export const testCredentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret of the tests' };

const testSecret: SigningSecret = {
  secretAccessKey: testCredentials.secretAccessKey,
  principal: { arn: 'arn:aws:iam::000000000000:user/test', principalId: 'AIDATEST' },
};

const silence = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error };

/** With `dataDirectory`, one that an earlier gateway left is opened again. */
export async function openTestGateway(changes: Partial<S3GatewayOptions> = {}): Promise<TestGateway> {
  const dataDirectory = changes.dataDirectory ?? (await mkdtemp(join(tmpdir(), 's3-gateway-')));
  const messages: { queueArn: string; body: string }[] = [];
  const gateway = await createS3Gateway({
    region: 'us-east-1',
    lookupSecret: (accessKeyId) => (accessKeyId === testCredentials.accessKeyId ? testSecret : undefined),
    authorise: () => true,
    deliverNotification: async (queueArn, body) => {
      messages.push({ queueArn, body });
    },
    log: silence,
    ...changes,
    dataDirectory,
  });
  const endpoint = await gateway.listen(0);
  return {
    dataDirectory,
    connection: { endpoint, region: 'us-east-1', credentials: testCredentials },
    messages,
    close: gateway.close,
    async remove() {
      await gateway.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
