import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('../test/hidden-environment-process.ts', import.meta.url));

it.runIf(process.platform === 'linux')(
  'a child that reads the environment of its parent finds no secret, and the parent still has it',
  () => {
    const { stdout, stderr } = spawnSync(process.execPath, [script, 'one', 'two words'], {
      env: { ...process.env, AWS_SECRET_ACCESS_KEY: 'open-sesame', FYRESTREAM_REQUEST: '{"jobId":"x"}' },
      encoding: 'utf8',
    });
    const found = JSON.parse(stdout);
    expect(stderr).toBe('');
    expect(found).toMatchObject({ secret: 'open-sesame', arguments: ['one', 'two words'], input: '' });
    expect(found.readable).toContain('hidden-environment-process.ts');
    expect(found.readable).not.toMatch(/sesame|jobId/);
  },
);

it.runIf(process.platform === 'linux')('a child does not inherit the open files of its grandparent', () => {
  // Node closes descriptors without a gap by itself.
  const open = 'exec 40<"$0"; exec "$@"';
  const { stdout } = spawnSync(
    'bash',
    ['-c', open, fileURLToPath(import.meta.url), process.execPath, script],
    {
      encoding: 'utf8',
    },
  );
  const { openFiles } = JSON.parse(stdout);
  expect(openFiles).toContain('0 -> ');
  expect(openFiles).not.toContain(fileURLToPath(import.meta.url));
});
