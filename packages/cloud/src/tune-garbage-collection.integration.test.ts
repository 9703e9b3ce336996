import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('../test/streaming-process.ts', import.meta.url));

it('a process that streams many megabytes collects its whole heap a few times only', () => {
  const collections = (...options: string[]) => {
    const { stdout, stderr } = spawnSync(process.execPath, [script, ...options], { encoding: 'utf8' });
    // V8 reports a flag that it does not know.
    expect(stderr).toBe('');
    return Number(stdout);
  };
  expect(collections('tuned')).toBeLessThan(collections() / 4);
});
