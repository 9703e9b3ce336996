import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { createResultReporter } from './vitest.reporter.ts';

const minute = 60_000;

/** Of processes that tests start. They start hundreds, and each would compile a bundle of two megabytes again. */
const env = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/node-compile-cache', import.meta.url)),
};

/**
 * Three kinds of test, by file name; each is a turbo task of its own:
 * `x.test.ts` is pure, `x.integration.test.ts` uses real local servers or ffmpeg,
 * `x.e2e.test.ts` sends video through the whole pipeline.
 *
 * The time limits only end tests that hang. They are far above what a slow or busy machine needs, so tests
 * set no shorter ones of their own.
 * @param integrationSetup files that run before each file of integration tests
 */
export function testProjects({
  integrationSetup = [],
}: {
  integrationSetup?: string[];
} = {}): ViteUserConfig {
  // Counts the CPU quota of a container. Integration tests wait more than they compute.
  const cores = availableParallelism();
  return defineConfig({
    test: {
      passWithNoTests: true,
      reporters: ['default', createResultReporter()],
      projects: [
        {
          test: {
            name: 'unit',
            // Pure tests share no state, so modules are loaded once.
            isolate: false,
            include: ['*.test.ts', '{src,test,setup}/**/*.test.{ts,mjs}'],
            exclude: ['**/*.{integration,e2e}.test.{ts,mjs}', '**/node_modules/**'],
            testTimeout: minute,
            hookTimeout: 5 * minute,
            expect: { poll: { timeout: minute } },
            sequence: { groupOrder: 0 },
          },
        },
        {
          test: {
            name: 'integration',
            env,
            include: ['{src,test,setup}/**/*.integration.test.{ts,mjs}'],
            setupFiles: integrationSetup,
            testTimeout: 20 * minute,
            hookTimeout: 20 * minute,
            expect: { poll: { timeout: 10 * minute } },
            maxWorkers: Math.min(4, cores),
            sequence: { groupOrder: 1 },
          },
        },
        {
          test: {
            name: 'e2e',
            env,
            include: ['{src,test}/**/*.e2e.test.ts'],
            testTimeout: 30 * minute,
            hookTimeout: 20 * minute,
            expect: { poll: { timeout: 10 * minute } },
            // Each file runs a local cloud with workers and ffmpeg.
            maxWorkers: Math.min(2, cores),
            sequence: { groupOrder: 2 },
          },
        },
      ],
    },
  });
}
