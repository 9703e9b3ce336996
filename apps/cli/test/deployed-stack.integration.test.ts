import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommandLine } from './run-command-line.ts';
import { startCloud } from './start-cloud.ts';

/** A local cloud plays the account; it does not show that IAM permits what the operator does. */
let cloud: Awaited<ReturnType<typeof startCloud>>;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  cloud = await startCloud();
  const read = (name: string) => JSON.parse(readFileSync(join(cloud.folder, 'data', name), 'utf8'));
  const { url, s3Url, region, environment: outputs } = read('local.json');
  const { operator } = read('credentials.json');
  const programs = join(cloud.folder, 'bin');
  mkdirSync(programs);
  writeFileSync(join(cloud.folder, 'outputs.json'), JSON.stringify({ region, environment: outputs }));
  writeFileSync(
    join(programs, 'pulumi'),
    `#!/bin/sh
case "$*" in
  *"--stack dev") cat '${cloud.folder}/outputs.json';;
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
});
afterAll(() => cloud.stop());

const run = (...argv: string[]) => runCommandLine(argv, cloud.folder, environment);

it('is found by its outputs and worked on as whoever the AWS SDK finds', async () => {
  const sent = await run('upload', 'letter.mp4', '--wait', '--json', '--stack', 'dev');
  expect(JSON.parse(sent.output)).toMatchObject({ status: 'failed', reason: { code: 'not-media' } });
  const listed = await run('jobs', '--json', '--stack', 'dev');
  expect(JSON.parse(listed.output)).toMatchObject({ jobId: JSON.parse(sent.output).jobId });
});

it.each([
  ['is unknown to Pulumi', 'prod', 1, /prod: error: no stack named 'prod' found/],
  ['was never deployed', 'empty', 1, /The stack empty has no outputs of Fyrestream: deploy it/],
])('that %s: one sentence', async (_, stack, code, sentence) => {
  const { exitCode, output, notes } = await run('jobs', '--stack', stack);
  expect({ exitCode, output }).toEqual({ exitCode: code, output: '' });
  expect(notes).toMatch(sentence);
  expect(notes.trimEnd().split('\n')).toHaveLength(1);
});

it('needs the pulumi command, and says so', async () => {
  const { exitCode, notes } = await runCommandLine(['jobs', '--stack', 'dev'], cloud.folder, {
    PATH: '/nowhere',
  });
  expect(exitCode).toBe(1);
  expect(notes).toMatch(/^fyrestream: --stack needs the pulumi command, and it is not here/);
});

it('is either deployed or local', async () => {
  const { exitCode, notes } = await run('jobs', '--stack', 'dev', '--data', 'data');
  expect(exitCode).toBe(2);
  expect(notes).toMatch(/cannot be used with option '--data/);
});
