import { describe, expect, it } from 'vitest';
import { repositoryFixture } from '../test/repository-fixture.ts';
import { checkSources } from './check-sources.ts';
import { formatFinding } from './finding.ts';

function findings(files: Record<string, string>): string[] {
  using repository = repositoryFixture(files);
  return checkSources(repository.root).map(formatFinding);
}

const manyLines = (count: number) => 'export {};\n'.repeat(count);

describe('a tree that breaks a rule', () => {
  const broken: [string, Record<string, string>, string][] = [
    [
      'media imports the AWS SDK',
      { 'packages/media/src/plan.ts': "// why\nimport { S3 } from '@aws-sdk/client-s3';\n" },
      'packages/media/src/plan.ts:2: import-table: only packages/cloud may import @aws-sdk/client-s3',
    ],
    [
      'the worker imports a type of the AWS SDK',
      { 'apps/worker/src/a.ts': "import type { S3 } from '@aws-sdk/client-s3';" },
      'apps/worker/src/a.ts:1: import-table: only packages/cloud may import @aws-sdk/client-s3',
    ],
    [
      'an import within a type',
      { 'apps/worker/src/a.ts': "export type S3 = import('@aws-sdk/client-s3').S3;" },
      'apps/worker/src/a.ts:1: import-table: only packages/cloud',
    ],
    [
      'an import() behind a re-export',
      { 'apps/worker/src/a.ts': "\nexport const load = () => import('pino');" },
      'apps/worker/src/a.ts:2: import-table: only packages/cloud may import pino',
    ],
    [
      'a require',
      { 'apps/local/src/a.cjs': "const build = require('esbuild');" },
      'apps/local/src/a.cjs:1: import-table: only packages/bundler may import esbuild',
    ],
    [
      'events imports cloud, against the arrow',
      { 'packages/events/src/a.ts': "export { log } from '@fyrestream/cloud';" },
      'packages/events/src/a.ts:1: import-table: packages/events may not import packages/cloud',
    ],
    [
      'one app imports another',
      { 'apps/poller/src/a.ts': "import '@fyrestream/worker';" },
      'apps/poller/src/a.ts:1: import-table: apps/poller may not import apps/worker',
    ],
    [
      'a relative import leaves its workspace',
      { 'apps/worker/src/a.ts': "import '../../../packages/cloud/src/environment.ts';" },
      'apps/worker/src/a.ts:1: import-table: ../../../packages/cloud/src/environment.ts leaves apps/worker',
    ],
    [
      'a package that the table does not give to events',
      { 'packages/events/src/a.ts': "import 'lodash';" },
      'packages/events/src/a.ts:1: import-table: packages/events may import only zod',
    ],
    [
      'media reads files',
      { 'packages/media/src/a.ts': "import { readFile } from 'node:fs/promises';" },
      'packages/media/src/a.ts:1: import-table: packages/media is pure',
    ],
    [
      'a workspace without a row',
      { 'packages/surprise/src/a.ts': 'export {};' },
      'packages/surprise/package.json:1: import-table: give this workspace a row',
    ],
    [
      'process.env outside the environment module',
      { 'packages/cloud/src/logger.ts': 'export const level = process.env.LOG_LEVEL;' },
      'packages/cloud/src/logger.ts:1: environment: take the value as an argument',
    ],
    [
      'process.env by another spelling',
      { 'apps/worker/src/a.ts': "const a = globalThis.process['env'];" },
      'apps/worker/src/a.ts:1: environment:',
    ],
    [
      'process.env taken apart',
      { 'apps/worker/src/a.ts': 'const { env } = process;' },
      'apps/worker/src/a.ts:1: environment:',
    ],
    [
      'env imported from node:process',
      { 'apps/worker/src/a.ts': "import { env } from 'node:process';" },
      'apps/worker/src/a.ts:1: environment:',
    ],
    [
      'a child process outside the file that owns it',
      { 'apps/worker/src/probe.ts': "import { spawn } from 'node:child_process';" },
      'apps/worker/src/probe.ts:1: processes: only',
    ],
    [
      'a child process where none is allowed',
      { 'apps/poller/src/a.ts': "import { execFile } from 'child_process';" },
      'apps/poller/src/a.ts:1: processes: no file of this workspace may start processes',
    ],
    [
      'fluent-ffmpeg outside the one file that starts ffmpeg',
      { 'apps/worker/src/probe.ts': "import ffmpeg from 'fluent-ffmpeg';" },
      'apps/worker/src/probe.ts:1: processes: only src/run-ffmpeg.ts may start processes',
    ],
    [
      'a client constructed outside cloud',
      { 'apps/worker/src/a.ts': 'export const s3 = new cloud.S3Client({});' },
      'apps/worker/src/a.ts:1: clients: take the client as an argument',
    ],
    [
      'export *',
      { 'packages/events/src/index.ts': "export * from './a.ts';" },
      'packages/events/src/index.ts:1: export-star: name what is exported',
    ],
    [
      'export * of types',
      { 'packages/events/src/index.ts': "export type * from './a.ts';" },
      'packages/events/src/index.ts:1: export-star:',
    ],
    [
      'an untyped error',
      { 'apps/worker/src/a.ts': "export function fail() {\n  throw new Error('no');\n}" },
      'apps/worker/src/a.ts:2: untyped-error: throw a typed error',
    ],
    [
      'a file of 301 lines',
      { 'apps/worker/src/a.ts': manyLines(301) },
      'apps/worker/src/a.ts:301: file-length: 301 lines, 300 at most',
    ],
    [
      'a junk drawer',
      { 'packages/events/src/utils/a.ts': 'export {};', 'packages/events/src/utils/b.ts': 'export {};' },
      'packages/events/src/utils/a.ts:1: junk-drawer: name packages/events/src/utils after',
    ],
    [
      'a file that does not parse',
      { 'apps/worker/src/a.ts': 'export const = ;' },
      'apps/worker/src/a.ts:1: syntax:',
    ],
  ];

  it.each(broken)('%s', (_, files, expected) => {
    const found = findings(files);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });
});

describe('a tree that keeps the rules', () => {
  it.each<[string, Record<string, string>]>([
    [
      'cloud owns the AWS SDK',
      { 'packages/cloud/src/s3.ts': "import '@aws-sdk/client-s3'; new S3Client({});" },
    ],
    ['the environment module', { 'packages/cloud/src/environment.ts': 'export const a = process.env;' }],
    ['the arrow', { 'apps/worker/src/a.ts': "import '@fyrestream/events'; import './b.ts';" }],
    ['a pure built-in module', { 'packages/events/src/a.ts': "import { createHash } from 'node:crypto';" }],
    [
      'a comment and a string name no import',
      { 'packages/events/src/a.ts': "// import 'pino'\nf('import \"pino\"');" },
    ],
    ['an env that is not the process', { 'apps/worker/src/a.ts': 'export const a = request.env;' }],
    ['a typed error', { 'apps/worker/src/a.ts': "throw new FyrestreamError({ code: 'no' });" }],
    [
      'tests take what they need',
      { 'apps/local/test/s3.ts': "import '@aws-sdk/client-s3'; new S3Client();" },
    ],
    ['tests beside the code too', { 'apps/local/src/s3.test.ts': "import '@aws-sdk/client-s3';" }],
    ['300 lines', { 'apps/worker/src/a.ts': manyLines(300) }],
    [
      'what tools made',
      { 'apps/worker/dist/main.mjs': "import 'pino';", 'apps/worker/node_modules/lib/a.js': '' },
    ],
  ])('%s', (_, files) => {
    expect(findings(files)).toEqual([]);
  });
});
