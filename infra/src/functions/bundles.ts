import { existsSync } from 'node:fs';
import { FyrestreamError } from '@fyrestream/events';

/** Output of `pnpm build`. Paths are relative to `infra`, so that they are the same on every machine. */
export const bundles = {
  poller: { 'main.mjs': '../apps/poller/dist/main.mjs' },
  invoker: {
    'main.mjs': '../apps/invoker/dist/main.mjs',
    'media-info-thread.mjs': '../apps/invoker/dist/media-info-thread.mjs',
    'MediaInfoModule.wasm': '../apps/invoker/dist/MediaInfoModule.wasm',
  },
  worker: { 'main.mjs': '../apps/worker/dist/main.mjs' },
} as const;

/** @throws FyrestreamError `bundle-missing` */
export function requireBundles(exists: (path: string) => boolean = existsSync): void {
  const missing = Object.values(bundles)
    .flatMap((files): string[] => Object.values(files))
    .filter((path) => !exists(path));
  if (missing.length === 0) return;
  throw new FyrestreamError({
    code: 'bundle-missing',
    message: `Missing bundles: ${missing.map((path) => path.slice(3)).join(', ')}. Run \`pnpm build\` first.`,
    retryable: false,
  });
}
