import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentialsEnvironment } from '../../src/environment/aws-environment.ts';
import { loadAccessKeys } from '../../src/iam/access-keys.ts';
import { type LocalCloud, startLocalCloud } from '../../src/start-local-cloud.ts';
import { localTopology } from '../../src/topology.ts';
import { createTestDirectory, removeTestDirectory } from '../test-service-gateway.ts';
import { testTopology } from '../test-topology.ts';

const runtime = fileURLToPath(new URL('./function-url-runtime.ts', import.meta.url));

let directory: string;
let cloud: LocalCloud;

beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology: testTopology() });
});
afterAll(async () => {
  await cloud?.stop();
  removeTestDirectory(directory);
});

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Runs the bundle as Lambda does, with the variables and the role of the function, and sends one request of a function URL. */
async function invoke(request: {
  method: string;
  path: string;
  query?: string;
  body?: string;
}): Promise<Answer> {
  const { environment, dataDirectory } = cloud.connection;
  const keys = loadAccessKeys(join(dataDirectory, 'credentials.json'));
  const child = fork(runtime, [localTopology.api.bundlePath], {
    env: {
      ...environment,
      ...credentialsEnvironment(keys.api),
      FYRESTREAM_STACK: 'test',
      FYRESTREAM_DELIVERY_URL: '',
      AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.send(request);
  const [answer] = (await once(child, 'message')) as [Answer];
  child.disconnect();
  return answer;
}

describe('the function behind the function URL', () => {
  it('answers with the permissions of its role', async () => {
    const stack = await invoke({ method: 'GET', path: '/v1/stack' });
    expect(stack.statusCode).toBe(200);
    expect(stack.headers['content-type']).toContain('application/json');
    expect(JSON.parse(stack.body)).toMatchObject({ name: 'the stack test', kind: 'deployed' });
    const jobs = await invoke({ method: 'GET', path: '/v1/jobs', query: 'limit=1&status=failed' });
    expect(JSON.parse(jobs.body)).toEqual({ jobs: [], cursor: null });
  });

  it('needs no token, which IAM replaces, and signs URLs of parts', async () => {
    const body = JSON.stringify({ path: 'a.mov', sizeBytes: 1 });
    const created = await invoke({ method: 'POST', path: '/v1/uploads', body });
    expect(created.statusCode).toBe(200);
    const { uploadId } = JSON.parse(created.body);
    const path = `/v1/uploads/${uploadId}/parts`;
    const signed = await invoke({ method: 'POST', path, body: '{"partNumbers":[1]}' });
    const [part] = JSON.parse(signed.body).parts;
    const sent = await fetch(part.url, { method: 'PUT', body: 'a' });
    expect(sent.status).toBe(200);
  });

  it('answers problems as everywhere', async () => {
    const wrong = await invoke({ method: 'GET', path: '/v1/jobs/abc' });
    expect([wrong.statusCode, wrong.headers['content-type']]).toEqual([400, 'application/problem+json']);
    expect(JSON.parse(wrong.body)).toMatchObject({ code: 'bad-request' });
  });
});
