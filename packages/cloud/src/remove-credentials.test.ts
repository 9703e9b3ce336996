import { expect, it } from 'vitest';
import { removeCredentials } from './remove-credentials.ts';

const others = { PATH: '/bin', AWS_REGION: 'eu-central-1', FYRESTREAM_JOBS_TABLE: 'jobs' };

it('returns the access keys and removes them from the environment', () => {
  const environment = {
    ...others,
    AWS_ACCESS_KEY_ID: 'AKIA',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token',
  };
  expect(removeCredentials(environment)).toEqual({
    accessKeyId: 'AKIA',
    secretAccessKey: 'secret',
    sessionToken: 'session',
  });
  expect(environment).toEqual(others);
});

it.each(['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'])(
  'takes the address of a task role from %s and leaves nothing of it behind',
  (name) => {
    const environment = { ...others, [name]: name.includes('FULL') ? 'http://127.0.0.1/role' : '/role' };
    expect(removeCredentials(environment)).toBeInstanceOf(Function);
    expect(environment).toEqual(others);
  },
);

it('returns nothing if the environment has no credentials', () => {
  const environment = { ...others, AWS_ACCESS_KEY_ID: 'AKIA' };
  expect(removeCredentials(environment)).toBeUndefined();
  expect(environment).toEqual(others);
});
