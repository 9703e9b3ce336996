import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createPollerLogReader } from '@fyrestream/cloud';
import { readFailureReasons, type Stack } from '@fyrestream/operations';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from './free-port.ts';
import { runCommandLine, startCommandLine } from './run-command-line.ts';
import { startCloud } from './start-cloud.ts';

/** A local cloud stands in for the account; these tests do not show that IAM permits the calls of the operator. */
let cloud: Awaited<ReturnType<typeof startCloud>>;
let environment: NodeJS.ProcessEnv;
let stack: Stack;
const read = (name: string) => JSON.parse(readFileSync(join(cloud.folder, 'data', name), 'utf8'));

beforeAll(async () => {
  cloud = await startCloud();
  const { url, s3Url, region, environment: outputs } = read('local.json');
  const { operator } = read('credentials.json');
  stack = await cloud.openStack();
  const programs = join(cloud.folder, 'bin');
  mkdirSync(programs);
  const writeOutputs = (name: string, variables: object) =>
    writeFileSync(join(cloud.folder, name), JSON.stringify({ region, environment: variables }));
  writeOutputs('outputs.json', outputs);
  writeOutputs('blind.json', { ...outputs, FYRESTREAM_POLLER_LOG_GROUP: '/aws/lambda/elsewhere' });
  writeFileSync(
    join(programs, 'pulumi'),
    `#!/bin/sh
case "$*" in
  *"--stack dev") cat '${cloud.folder}/outputs.json';;
  *"--stack blind") cat '${cloud.folder}/blind.json';;
  *"--stack empty") echo '{}';;
  *) echo "error: no stack named '$6' found" >&2; exit 255;;
esac
`,
  );
  chmodSync(join(programs, 'pulumi'), 0o755);
  environment = {
    PATH: `${programs}${delimiter}${process.env.PATH ?? ''}`,
    AWS_ACCESS_KEY_ID: operator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: operator.secretAccessKey,
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_S3: s3Url,
  };
  writeFileSync(join(cloud.folder, 'letter.mp4'), 'Dear reader,\n'.repeat(20));
  // The queue moves both to the dead letters after five tries, during the other tests.
  await stack.queues.uploads.messages.send(notificationOf(longKey));
  await stack.queues.uploads.messages.send(nonsense);
});
afterAll(() => cloud.stop());

const run = (...argv: string[]) => runCommandLine(argv, cloud.folder, environment);

/** Well formed, but the key is longer than S3 and the ledger allow: the invoker fails, and only the log has the reason. */
const longKey = `videos/${'x'.repeat(3_000)}.mp4`;
const nonsense = 'a message from nowhere';
function notificationOf(key: string): string {
  const s3 = { bucket: { name: stack.sourceBucket }, object: { key } };
  const record = { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', eventTime: '2026-11-23T10:00:00Z' };
  return JSON.stringify({ Records: [{ ...record, s3 }] });
}

it('a deployed stack is found by its outputs and used with the credentials that the AWS SDK finds', async () => {
  const sent = await run('upload', 'letter.mp4', '--wait', '--json', '--stack', 'dev');
  expect(JSON.parse(sent.output)).toMatchObject({ status: 'failed', reason: { code: 'not-media' } });
  const listed = await run('jobs', '--json', '--stack', 'dev');
  expect(listed.output).toContain(`"jobId":"${JSON.parse(sent.output).jobId}"`);
});

it.each([
  ['is unknown to Pulumi', 'prod', 1, /prod: error: no stack named 'prod' found/],
  ['was never deployed', 'empty', 1, /The stack empty has no outputs of Fyrestream: deploy it/],
])('a stack that %s is reported in one sentence', async (_, stack, code, sentence) => {
  const { exitCode, output, notes } = await run('jobs', '--stack', stack);
  expect({ exitCode, output }).toEqual({ exitCode: code, output: '' });
  expect(notes).toMatch(sentence);
  expect(notes.trimEnd().split('\n')).toHaveLength(1);
});

it('console serves the API of a deployed stack until it is stopped, with the credentials of the operator', async () => {
  const port = await freePort();
  const argv = ['console', '--stack', 'dev', '--port', String(port)];
  const { child, output } = startCommandLine(argv, cloud.folder, environment);
  const address = /^console at (http:\/\/127\.0\.0\.1:\d+)\/#token=(\S+)\n$/;
  await vi.waitFor(() => expect(output()).toMatch(address), 600_000);
  const [, origin = '', token] = address.exec(output()) ?? [];
  const headers = { authorization: `Bearer ${token}` };
  expect(new URL(origin).port).toBe(String(port));
  const answer = await fetch(`${origin}/v1/stack`, { headers });
  expect(await answer.json()).toMatchObject({
    ...{ name: 'the stack dev', kind: 'deployed' },
    settings: { maxConcurrentTasks: 2 },
  });
  expect((await fetch(`${origin}/v1/stack`)).status).toBe(401);
  const jobs = (await (await fetch(`${origin}/v1/jobs`, { headers })).json()) as {
    jobs: { status: string }[];
  };
  expect(jobs.jobs.map(({ status }) => status)).toContain('failed');
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([0, null]);
});

it('console prints the URL of the console that a local cloud serves', async () => {
  const { url, token } = read('api.json');
  const { output, exitCode } = await run('console', '--data', 'data');
  expect({ output, exitCode }).toEqual({ output: `console at ${url}/#token=${token}\n`, exitCode: 0 });
  expect((await fetch(`${url}/v1/jobs`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
});

it('--stack without the pulumi command is reported', async () => {
  const { exitCode, notes } = await runCommandLine(['jobs', '--stack', 'dev'], cloud.folder, {
    PATH: '/nowhere',
  });
  expect(exitCode).toBe(1);
  expect(notes).toMatch(/^fyrestream: --stack needs the pulumi command, and it is not installed/);
});

it('--stack and --data exclude each other', async () => {
  const { exitCode, notes } = await run('jobs', '--stack', 'dev', '--data', 'data');
  expect(exitCode).toBe(2);
  expect(notes).toMatch(/cannot be used with option '--data/);
});

it('redrive works without reasons where the log cannot be read, and prints one note', async () => {
  await stack.queues.control.deadLetters.send(JSON.stringify({ kind: 'sweep-requested' }));
  const { exitCode, output, notes } = await run('redrive', '--control', '--stack', 'blind');
  expect(exitCode).toBe(0);
  expect(output).toMatch(/ {2}sweep: see the poller's log for \S{36}\n$/);
  expect(notes.trimEnd().split('\n')).toEqual([
    'reasons are unknown: The log group /aws/lambda/elsewhere cannot be read (ResourceNotFoundException): The specified log group does not exist.',
    'dead letters of the control queue: 1, all requeued',
  ]);
});

it('reasons are not readable without permission for the log', async () => {
  const { url, region, environment: outputs } = read('local.json');
  const connection = { region, credentials: read('credentials.json').worker, endpoints: { logs: url } };
  const failureLog = createPollerLogReader(connection, outputs.FYRESTREAM_POLLER_LOG_GROUP);
  const notes: string[] = [];
  const note = (line: string) => notes.push(line);
  const reasons = await readFailureReasons({ failureLog }, note, new AbortController().signal);
  expect(reasons.size).toBe(0);
  expect(notes).toEqual([
    expect.stringMatching(/^reasons are unknown: .*AccessDeniedException.*FilterLogEvents/),
  ]);
});

it('redrive shows why messages failed, from the log group in the outputs, as for a local cloud', async () => {
  await vi.waitFor(async () => expect((await stack.queues.uploads.deadLetters.depth()).waiting).toBe(2), {
    timeout: 600_000,
    interval: 500,
  });
  const deployed = await run('redrive', '--dry-run', '--json', '--stack', 'dev');
  expect(deployed.notes).toBe('');
  expect(messagesIn(deployed.output)).toMatchObject([
    {
      about: `not understood: ${JSON.stringify(nonsense)}`,
      reason: { code: 'malformed-message', retryable: false },
    },
    {
      about: `upload of ${longKey}`,
      reason: {
        code: 'invoker-failed',
        message: expect.stringContaining('invoker-local failed (Unhandled)'),
      },
    },
  ]);
  const local = await cloud.run('redrive', '--dry-run', '--json');
  expect(messagesIn(local.output)).toEqual(messagesIn(deployed.output));
});

it('the reason of a failed message is found in the log by its id, which it keeps as a dead letter', async () => {
  const { output, notes } = await cloud.run('redrive', '--dry-run');
  expect(output).toMatch(
    /^\S+ \S+ UTC {2}\S{36} {2}not understood: "a message from nowhere": The message is not JSON: .* \(malformed-message\)$/m,
  );
  expect(notes).toBe('dead letters of the upload queue: 2\n');
  const requeued = messagesIn((await cloud.run('redrive', '--json')).output);
  expect(requeued[0]).toMatchObject({
    reason: { code: 'malformed-message', retryable: false },
    requeued: true,
  });
});

/** In the order of what they are about. */
function messagesIn(output: string): { about: string }[] {
  const lines = output.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line)).toSorted((a, b) => a.about.localeCompare(b.about));
}
