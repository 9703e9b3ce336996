import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const tool = (name: string) => join(root, 'node_modules', '.bin', name);
const run = promisify(execFile);

let folder: string;
let generated: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fyrestream-client-'));
  generated = join(folder, 'api-schema.ts');
  await run(tool('openapi-typescript'), [join(root, '../../docs/openapi.json'), '--output', generated]);
});
afterAll(() => rm(folder, { recursive: true }));

it('the types of the client are those that the document gives', async () => {
  expect(await readFile(join(root, 'src/api-schema.ts'), 'utf8')).toBe(await readFile(generated, 'utf8'));
});

it('a client that openapi-typescript generates compiles, and refuses wrong requests', async () => {
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const program = join(folder, 'program.ts');
  await writeFile(
    program,
    `import type { paths } from './api-schema.ts';
type Query = NonNullable<paths['/v1/jobs']['get']['parameters']['query']>;
export const right: Query = { status: 'failed', limit: 10 };
// @ts-expect-error there is no such status
export const wrong: Query = { status: 'lost' };
export type Phase = paths['/v1/jobs/{jobId}']['get']['responses'][200]['content']['application/json']['progress']['phase'];
export const phase: Phase = 'encoding';
`,
  );
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--allowImportingTsExtensions'];
  await run(tool('tsc'), [...options, program]);
});
