import { expect, it } from 'vitest';
import { repository } from './repository.mjs';
import { callerFolder } from './run-command-line.mjs';

it('returns the folder in which the command was typed', () => {
  const environment = { INIT_CWD: '/home/ada/videos', npm_lifecycle_event: 'start' };
  expect(callerFolder(environment, repository)).toBe('/home/ada/videos');
});

it.each([
  [
    'INIT_CWD inherited from another script',
    { INIT_CWD: '/home/ada', npm_lifecycle_event: 'test:e2e' },
    repository,
  ],
  [
    'the working directory changed since',
    { INIT_CWD: '/home/ada', npm_lifecycle_event: 'fyrestream' },
    '/tmp',
  ],
  ['no script runs', {}, '/home/ada'],
])('returns the working directory: %s', (_, environment, folder) => {
  expect(callerFolder(environment, folder)).toBe(folder);
});
