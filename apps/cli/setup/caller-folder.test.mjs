import { expect, it } from 'vitest';
import { callerFolder } from './caller-folder.mjs';
import { repository } from './repository.mjs';

it('is where the person typed the command', () => {
  const environment = { INIT_CWD: '/home/ada/videos', npm_lifecycle_event: 'start' };
  expect(callerFolder(environment, repository)).toBe('/home/ada/videos');
});

it.each([
  ['another script, inherited', { INIT_CWD: '/home/ada', npm_lifecycle_event: 'test:e2e' }, repository],
  ['somebody moved since', { INIT_CWD: '/home/ada', npm_lifecycle_event: 'fyrestream' }, '/tmp'],
  ['no script at all', {}, '/home/ada'],
])('is the folder itself: %s', (_, environment, folder) => {
  expect(callerFolder(environment, folder)).toBe(folder);
});
