import { expect, it } from 'vitest';
import { createStackNames } from './stack-names.ts';

const place = { accountId: '123456789012', region: 'ap-southeast-2', partition: 'aws' };
const noNames = { sourceBucketName: undefined, outputBucketName: undefined };

it('names of buckets fit into 63 characters, however long the stack may be called', () => {
  const names = createStackNames({ ...place, stack: 'a'.repeat(12) }, noNames);
  expect(names.outputBucket.length).toBeLessThanOrEqual(63);
  expect(names.uploadQueue).toBe('fyrestream-sqs-aaaaaaaaaaaa');
});

it.each(['Prod', 'a'.repeat(13), '1st', 'pre_prod'])('refuses a stack called %s', (stack) => {
  expect(() => createStackNames({ ...place, stack }, noNames)).toThrow('every name carries it');
});
