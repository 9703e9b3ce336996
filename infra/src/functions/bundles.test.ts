import { expect, it } from 'vitest';
import { requireBundles } from './bundles.ts';

it('names the missing bundles and the command that builds them', () => {
  expect(() => requireBundles((path) => !path.includes('invoker/dist/main'))).toThrow(
    'Missing bundles: apps/invoker/dist/main.mjs. Run `pnpm build` first.',
  );
  expect(() => requireBundles(() => true)).not.toThrow();
});
