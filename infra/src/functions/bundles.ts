import { existsSync, readFileSync } from 'node:fs';
import { FyrestreamError } from '@fyrestream/events';
import { type BundleSources, bundleSourcesSchema, findChangedSources } from './find-changed-sources.ts';

/** Output of `pnpm build`. Paths are relative to `infra`, so that they are the same on every machine. */
export const bundles = {
  poller: { 'main.mjs': '../apps/poller/dist/main.mjs' },
  invoker: {
    'main.mjs': '../apps/invoker/dist/main.mjs',
    'media-info-thread.mjs': '../apps/invoker/dist/media-info-thread.mjs',
    'MediaInfoModule.wasm': '../apps/invoker/dist/MediaInfoModule.wasm',
  },
  api: { 'main.mjs': '../apps/api/dist/main.mjs' },
  notifier: { 'main.mjs': '../apps/notifier/dist/main.mjs' },
  worker: { 'main.mjs': '../apps/worker/dist/main.mjs' },
} as const;

const lockFile = '../pnpm-lock.yaml';
const maxNamed = 3;

/** The content of a file by its path relative to `infra`; null if there is none. */
export type ReadFile = (path: string) => Buffer | null;

/**
 * Checks that the bundles are there and were built from the sources and packages of this working copy. Otherwise a `pulumi up`
 * after a `git pull` would deploy the program of before.
 * @throws FyrestreamError `bundle-missing`, `bundle-outdated`
 */
export function requireBundles(read: ReadFile = readFile): void {
  const paths = Object.values(bundles).flatMap((files): string[] => Object.values(files));
  const described = paths.filter((path) => path.endsWith('.mjs'));
  const required = [...paths, ...described.map(sourcesFile)];
  const missing = required.filter((path) => read(path) === null);
  if (missing.length > 0) throw refusal('bundle-missing', `Missing bundles: ${listed(missing)}.`);
  const lock = String(read(lockFile) ?? '');
  const changed = described.flatMap((path) =>
    findChangedSources(path, parseSources(read(sourcesFile(path))), { read, lock }),
  );
  if (changed.length > 0)
    throw refusal('bundle-outdated', `The bundles are older than their sources: ${listed(changed)}.`);
}

function refusal(code: string, message: string): FyrestreamError {
  return new FyrestreamError({
    code,
    message: `${message} Run \`pnpm install\` and \`pnpm build\` first.`,
    retryable: false,
  });
}

/** Paths relative to the repository. */
function listed(paths: readonly string[]): string {
  const names = [...new Set(paths)].map((path) => path.replace(/^\.\.\//, ''));
  return `${names.slice(0, maxNamed).join(', ')}${names.length > maxNamed ? ', …' : ''}`;
}

function sourcesFile(bundle: string): string {
  return `${bundle}.sources.json`;
}

function parseSources(content: Buffer | null): BundleSources {
  return bundleSourcesSchema.parse(JSON.parse(String(content)));
}

function readFile(path: string): Buffer | null {
  return existsSync(path) ? readFileSync(path) : null;
}
