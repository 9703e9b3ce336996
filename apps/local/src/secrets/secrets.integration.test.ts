import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServiceGateway, type TestServiceGateway } from '../../test/test-service-gateway.ts';
import { writeJsonAtomically } from '../data-directory/write-json-atomically.ts';
import { createSecretsManagerService } from './create-secrets-manager-service.ts';

let parts: TestServiceGateway;
let client: SecretsManagerClient;
const SecretId = 'fyrestream-webhook-local/studio';

beforeAll(async () => {
  parts = await startTestServiceGateway();
  parts.controlPlane.add(createSecretsManagerService(parts.layout.secretsFile, [SecretId]));
  client = new SecretsManagerClient(parts.clientFor('operator'));
});
afterAll(async () => {
  await parts.close();
});

const readValue = async (id: string, VersionStage?: string) =>
  (await client.send(new GetSecretValueCommand({ SecretId: id, VersionStage }))).SecretString;
const put = (SecretString: string, id = SecretId) =>
  client.send(new PutSecretValueCommand({ SecretId: id, SecretString }));

it('keeps the value before a change under its label, as a rotation needs it', async () => {
  await expect(readValue(SecretId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await put('first');
  expect(await readValue(SecretId)).toBe('first');
  await expect(readValue(SecretId, 'AWSPREVIOUS')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await put('second');
  await put('third');
  expect([await readValue(SecretId), await readValue(SecretId, 'AWSPREVIOUS')]).toEqual(['third', 'second']);
});

it('stores no value for a secret that does not exist', async () => {
  await expect(put('x', 'fyrestream-webhook-local/another')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

it('reads a value that was written into the file', async () => {
  writeJsonAtomically(parts.layout.secretsFile, { [SecretId]: 'by hand' });
  expect(await readValue(SecretId)).toBe('by hand');
  await put('by a call');
  expect(await readValue(SecretId, 'AWSPREVIOUS')).toBe('by hand');
});

it('lets only the notifier and the operator read secrets', async () => {
  const read = async (name: 'notifier' | 'worker') =>
    new SecretsManagerClient(parts.clientFor(name)).send(new GetSecretValueCommand({ SecretId }));
  expect((await read('notifier')).SecretString).toBe('by a call');
  await expect(read('worker')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const change = new PutSecretValueCommand({ SecretId, SecretString: 'stolen' });
  await expect(new SecretsManagerClient(parts.clientFor('notifier')).send(change)).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
