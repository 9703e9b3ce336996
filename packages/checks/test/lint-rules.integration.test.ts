import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { repositoryFixture } from './repository-fixture.ts';

/** The lint configuration of this repository, applied to small files that break or keep its rules. */
const repository = join(import.meta.dirname, '../../..');
const configuration = ['biome.jsonc', '.oxlintrc.json', 'packages/checks/lint'];

const manyLines = (count: number) => 'call();\n'.repeat(count);

const broken: [name: string, path: string, text: string, message: string][] = [
  [
    'media imports the AWS SDK',
    'packages/media/src/sdk.ts',
    "// why\nimport { S3 } from '@aws-sdk/client-s3';\n",
    '2: packages/media may import packages/events, zod',
  ],
  [
    'the worker imports a type of the AWS SDK',
    'apps/worker/src/sdk-type.ts',
    "import type { S3 } from '@aws-sdk/client-s3';",
    '1: apps/worker may import',
  ],
  [
    'a dynamic import',
    'apps/worker/src/dynamic.ts',
    "\nexport const load = () => import('pino');",
    '2: apps/worker may import',
  ],
  [
    'events re-exports cloud',
    'packages/events/src/a.ts',
    "export { log } from '@fyrestream/cloud';",
    '1: packages/events may import zod',
  ],
  [
    'one app imports another',
    'apps/poller/src/a.ts',
    "import '@fyrestream/worker';",
    '1: apps/poller may import packages/events and packages/cloud',
  ],
  [
    'infra imports cloud',
    'infra/src/a.ts',
    "import '@fyrestream/cloud';",
    '1: infra may import packages/events',
  ],
  [
    'a relative import of another workspace',
    'apps/worker/src/relative.ts',
    "import '../../../packages/cloud/src/environment.ts';",
    '1: Import the other workspace by its package name',
  ],
  [
    'events imports a package that the table does not list',
    'packages/events/src/lodash.ts',
    "import 'lodash';",
    '1: packages/events may import zod',
  ],
  [
    'media reads files',
    'packages/media/src/files.ts',
    "import { readFile } from 'node:fs/promises';",
    '1: packages/media may import',
  ],
  [
    'a workspace without an entry in the import table',
    'packages/surprise/src/a.ts',
    "import '@fyrestream/events';",
    '1: This workspace has no entry in the import table',
  ],
  [
    'process.env outside the environment module',
    'packages/cloud/src/logger.ts',
    'export const level = process.env.LOG_LEVEL;',
    "1: Don't use process.env",
  ],
  [
    'process.env by another spelling',
    'apps/worker/src/env-spelling.ts',
    "export const a = globalThis.process['env'];",
    "1: Don't use process.env",
  ],
  [
    'a child process outside the files that may start one',
    'apps/worker/src/probe.ts',
    "import { spawn } from 'node:child_process';",
    '1: This file may not start processes',
  ],
  [
    'a child process in an app that starts none',
    'apps/poller/src/exec.ts',
    "import { execFile } from 'child_process';",
    '1: This file may not start processes',
  ],
  [
    'fluent-ffmpeg outside the file that starts ffmpeg',
    'apps/worker/src/encode.ts',
    "import ffmpeg from 'fluent-ffmpeg';",
    '1: This file may not start processes',
  ],
  [
    'a client constructed outside cloud',
    'apps/worker/src/client.ts',
    'export const s3 = new cloud.S3Client({});',
    '1: Take the client as an argument',
  ],
  ['export *', 'packages/events/src/all.ts', "export * from './state.ts';", '1: Do not use export all'],
  [
    'export * of types',
    'packages/events/src/all-types.ts',
    "export type * from './state.ts';",
    '1: Name the types that are exported',
  ],
  [
    'an untyped error',
    'apps/worker/src/throw.ts',
    "export function fail() {\n  throw new Error('no');\n}",
    '2: Throw a typed error',
  ],
  ['a file of 301 lines', 'apps/worker/src/long.ts', manyLines(301), '1: This file has too many lines (301)'],
  [
    'an import cycle by types only: one side',
    'packages/events/src/ring/a.ts',
    "import type { B } from './b.ts';\nexport interface A { b: B }",
    'Dependency cycle detected',
  ],
  [
    'an import cycle by types only: the other side',
    'packages/events/src/ring/b.ts',
    "import type { A } from './a.ts';\nexport interface B { a: A }",
    'Dependency cycle detected',
  ],
];

const kept: [name: string, path: string, text: string][] = [
  ['cloud uses the AWS SDK', 'packages/cloud/src/s3.ts', "import '@aws-sdk/client-s3';\nnew S3Client({});"],
  ['the environment module', 'packages/cloud/src/environment.ts', 'export const a = process.env;'],
  ['an allowed workspace', 'apps/worker/src/allowed.ts', "import '@fyrestream/events';"],
  ['a relative import', 'apps/worker/src/stages/sibling.ts', "import '../allowed.ts';"],
  ['a module of Node without side effects', 'packages/events/src/hash.ts', "import 'node:crypto';"],
  ['an env that is not the process', 'apps/worker/src/request.ts', 'export const a = request.env;'],
  ['a typed error', 'apps/worker/src/typed.ts', "throw new FyrestreamError({ code: 'no' });"],
  ['the file that starts ffmpeg', 'apps/worker/src/run-ffmpeg.ts', "import 'fluent-ffmpeg';"],
  [
    'test folders import what they need',
    'apps/local/test/s3.ts',
    "import '@aws-sdk/client-s3';\nnew S3Client();",
  ],
  ['test files import what they need', 'apps/local/src/s3.test.ts', "import '@aws-sdk/client-s3';"],
  ['300 lines', 'apps/worker/src/just-fits.ts', manyLines(300)],
];

const found = new Map<string, string[]>();

beforeAll(async () => {
  const files = [...broken, ...kept].map(([, path, text]) => [path, text] as const);
  using fixture = repositoryFixture(Object.fromEntries(files));
  for (const path of configuration) {
    cpSync(join(repository, path), join(fixture.root, path), { recursive: true });
  }
  const outputs = await Promise.all([
    run(
      'biome',
      ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none'],
      fixture.root,
    ),
    run('oxlint', ['--format=github'], fixture.root),
  ]);
  for (const line of outputs.join('\n').split('\n')) {
    const diagnostic = /file=([^,]*),line=(\d+),.*?::(.*)$/.exec(line);
    if (!diagnostic) continue;
    const [, file = '', lineNumber, message] = diagnostic;
    const path = file.replace(`${fixture.root}/`, '');
    found.set(path, [...(found.get(path) ?? []), `${lineNumber}: ${message}`]);
  }
});

describe('a file that breaks a rule', () => {
  it.each(broken)('%s', (_, path, _text, message) => {
    expect(found.get(path)).toContainEqual(expect.stringContaining(message));
  });
});

describe('a file that keeps the rules', () => {
  it.each(kept)('%s', (_, path) => {
    expect(found.get(path) ?? []).toEqual([]);
  });
});

/** @returns what the tool printed, whatever its exit code. */
function run(tool: string, argv: string[], cwd: string): Promise<string> {
  const file = join(repository, 'node_modules/.bin', tool);
  return new Promise((resolve) => {
    execFile(file, argv, { cwd, maxBuffer: 2 ** 24 }, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
}
