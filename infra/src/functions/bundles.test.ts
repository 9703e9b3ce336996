import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { bundles, requireBundles } from './bundles.ts';

const source = 'export const answer = 42;';
const hash = createHash('sha256').update(source).digest('hex');
const described = {
  sources: { 'src/main.ts': hash, '../../packages/events/src/index.ts': hash },
  packages: ['zod@4.6.7', '@aws-sdk/client-sqs@3.1.0'],
};

/** A working copy in which `pnpm build` has just run, with changes; null removes a file. */
function workingCopy(changes: Readonly<Record<string, string | null>> = {}) {
  const built = Object.values(bundles).flatMap((files): string[] => Object.values(files));
  const files = new Map<string, string | null>([
    ...built.map((path): [string, string] => [path, 'a bundle']),
    ...built.map((path): [string, string] => [`${path}.sources.json`, JSON.stringify(described)]),
    ...['poller', 'invoker', 'notifier', 'api', 'worker'].map((app): [string, string] => [
      `../apps/${app}/src/main.ts`,
      source,
    ]),
    ['../packages/events/src/index.ts', source],
    ['../pnpm-lock.yaml', "  '@aws-sdk/client-sqs@3.1.0':\n  zod@4.6.7:\n"],
    ...Object.entries(changes),
  ]);
  return (path: string) => {
    const content = files.get(path) ?? null;
    return content === null ? null : Buffer.from(content);
  };
}

it('accepts bundles that were built from the sources of the working copy', () => {
  expect(() => requireBundles(workingCopy())).not.toThrow();
});

it('names the missing bundles and the commands that build them', () => {
  const copy = workingCopy({ '../apps/invoker/dist/main.mjs': null });
  expect(() => requireBundles(copy)).toThrow(
    'Missing bundles: apps/invoker/dist/main.mjs. Run `pnpm install` and `pnpm build` first.',
  );
});

it.each([
  ['a source was changed by a git pull', '../apps/worker/src/main.ts', 'apps/worker/src/main.ts'],
  ['a source of another workspace was', '../packages/events/src/index.ts', 'packages/events/src/index.ts'],
])('refuses to deploy a stale bundle where %s', (_, path, named) => {
  expect(() => requireBundles(workingCopy({ [path]: 'export const answer = 43;' }))).toThrow(
    `The bundles are older than their sources: ${named}. Run`,
  );
});

it('refuses to deploy a stale bundle where a source was removed', () => {
  expect(() => requireBundles(workingCopy({ '../apps/poller/src/main.ts': null }))).toThrow(
    'apps/poller/src/main.ts',
  );
});

it('refuses to deploy a bundle with a package that the lock file has replaced', () => {
  const lock = "  '@aws-sdk/client-sqs@3.1.0':\n  zod@4.6.70:\n";
  expect(() => requireBundles(workingCopy({ '../pnpm-lock.yaml': lock }))).toThrow(
    'older than their sources: zod@4.6.7. Run',
  );
});
