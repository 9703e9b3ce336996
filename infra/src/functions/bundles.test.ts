import { expect, it } from 'vitest';
import { requireBundles } from './bundles.ts';

it('requireBundles says what is not built yet, and how to build it', () => {
  expect(() => requireBundles((path) => !path.includes('invoker/dist/main'))).toThrow(
    'Run `pnpm build` first: apps/invoker/dist/main.mjs is not there.',
  );
  expect(() => requireBundles(() => true)).not.toThrow();
});
