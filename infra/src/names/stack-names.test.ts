import { expect, it } from 'vitest';
import { createStackNames } from './stack-names.ts';

const location = { accountId: '123456789012', region: 'ap-southeast-2', partition: 'aws' };
const noNames = { sourceBucketName: undefined, outputBucketName: undefined };

it('bucket names fit into 63 characters for the longest stack name', () => {
  const names = createStackNames({ ...location, stack: 'a'.repeat(12) }, noNames);
  expect(names.outputBucket.length).toBeLessThanOrEqual(63);
  expect(names.uploadQueue).toBe('fyrestream-sqs-aaaaaaaaaaaa');
});

it.each(['Prod', 'a'.repeat(13), '1st', 'pre_prod'])('refuses the stack name %s', (stack) => {
  expect(() => createStackNames({ ...location, stack }, noNames)).toThrow('Invalid stack name');
});
