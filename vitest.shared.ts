import { defineConfig, type ViteUserConfig } from 'vitest/config';

/**
 * Three kinds of test, told apart by their file name, each a turbo task of its own:
 * `x.test.ts` is pure, `x.integration.test.ts` talks to real local servers or ffmpeg,
 * `x.e2e.test.ts` sends video through the whole pipeline.
 */
export function testProjects(): ViteUserConfig {
  const effects = { testTimeout: 60_000, hookTimeout: 60_000 };
  return defineConfig({
    test: {
      passWithNoTests: true,
      projects: [
        {
          test: {
            name: 'unit',
            // Pure tests share nothing that one could spoil for another: modules are loaded once.
            isolate: false,
            include: ['*.test.ts', '{src,test,setup}/**/*.test.{ts,mjs}'],
            exclude: ['**/*.{integration,e2e}.test.{ts,mjs}', '**/node_modules/**'],
          },
        },
        {
          test: {
            name: 'integration',
            include: ['{src,test,setup}/**/*.integration.test.{ts,mjs}'],
            ...effects,
          },
        },
        {
          test: {
            name: 'e2e',
            include: ['{src,test}/**/*.e2e.test.ts'],
            ...effects,
            testTimeout: 300_000,
          },
        },
      ],
    },
  });
}
