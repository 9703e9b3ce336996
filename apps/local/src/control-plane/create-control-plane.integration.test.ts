import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServiceGateway, type TestServiceGateway } from '../../test/test-service-gateway.ts';
import { writeJsonAtomically } from '../data-directory/write-json-atomically.ts';
import { createSecretsManagerService } from '../secrets/create-secrets-manager-service.ts';

let parts: TestServiceGateway;

beforeAll(async () => {
  parts = await startTestServiceGateway();
  writeJsonAtomically(parts.layout.secretsFile, { 'fyrestream-webhook': 'https://example.org/hook' });
  parts.controlPlane.add(createSecretsManagerService(parts.layout.secretsFile));
});
afterAll(async () => {
  await parts.close();
});

const get = new GetSecretValueCommand({ SecretId: 'fyrestream-webhook' });

describe('the control plane', () => {
  it('accepts a signed call by name and by ARN', async () => {
    const client = new SecretsManagerClient(parts.clientFor('operator'));
    const byName = await client.send(get);
    expect(byName.SecretString).toBe('https://example.org/hook');
    const byArn = await client.send(new GetSecretValueCommand({ SecretId: byName.ARN }));
    expect(byArn.Name).toBe('fyrestream-webhook');
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'toString' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('refuses a wrong secret key, an unknown key and no key', async () => {
    const configuration = parts.clientFor('operator');
    const { accessKeyId } = configuration.credentials;
    const wrong = { ...configuration, credentials: { accessKeyId, secretAccessKey: 'guessed' } };
    await expect(new SecretsManagerClient(wrong).send(get)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    const unknown = { ...configuration, credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' } };
    await expect(new SecretsManagerClient(unknown).send(get)).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    const unsigned = await fetch(parts.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' },
      body: '{}',
    });
    expect(unsigned.status).toBe(400);
    expect(await unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  it('attack: bodies of 16 MiB without a known key wait in memory: the answer comes before the body', async () => {
    for (const authorization of [
      '',
      'AWS4-HMAC-SHA256 Credential=AKIAUNKNOWN/20260101/us-east-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=' +
        'a'.repeat(64),
    ]) {
      const sent = request(parts.url, {
        method: 'POST',
        headers: {
          'content-length': 16 * 1024 ** 2,
          'x-amz-target': 'secretsmanager.GetSecretValue',
          'x-amz-date': '20260101T000000Z',
          ...(authorization === '' ? {} : { authorization }),
        },
      });
      sent.flushHeaders();
      const [answer] = await once(sent, 'response');
      expect(answer.statusCode).toBe(400);
      sent.destroy();
    }
  });

  it('refuses a signature whose time is wrong by more than a quarter of an hour', async () => {
    const offset = 16 * 60_000;
    for (const systemClockOffset of [-offset, offset]) {
      const client = new SecretsManagerClient({ ...parts.clientFor('operator'), systemClockOffset });
      await expect(client.send(get)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    }
  });

  it('refuses a principal without the permission, and records both calls', async () => {
    const client = new SecretsManagerClient(parts.clientFor('worker'));
    await expect(client.send(get)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('not authorized to perform: secretsmanager:GetSecretValue'),
    });
    const calls = readFileSync(parts.layout.callsFile, 'utf8').trim().split('\n');
    expect(calls.map((line) => JSON.parse(line))).toContainEqual({
      principal: 'worker',
      action: 'secretsmanager:GetSecretValue',
      resource: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:fyrestream-webhook-local0',
      allowed: false,
    });
    expect(new Set(calls).size).toBe(calls.length);
  });

  it('responds to unsupported operations with an error', async () => {
    const client = new SecretsManagerClient(parts.clientFor('operator'));
    await expect(client.send(new CreateSecretCommand({ Name: 'new' }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
    const noService = new EventBridgeClient(parts.clientFor('operator'));
    await expect(noService.send(new PutEventsCommand({ Entries: [] }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});
