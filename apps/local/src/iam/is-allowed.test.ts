import { expect, it } from 'vitest';
import { isAllowed } from './is-allowed.ts';

const grants = [
  { actions: ['s3:Get*'], resources: ['arn:aws:s3:::videos/videos/*'] },
  { actions: ['ecs:RunTask'], resources: ['arn:aws:ecs:us-east-1:000000000000:task-definition/worker:?'] },
];

it.each([
  ['s3:GetObject', 'arn:aws:s3:::videos/videos/a/b.mp4', true],
  ['S3:GETOBJECT', 'arn:aws:s3:::videos/videos/a.mp4', true],
  ['s3:PutObject', 'arn:aws:s3:::videos/videos/a.mp4', false],
  ['s3:GetObject', 'arn:aws:s3:::videos/Videos/a.mp4', false],
  ['s3:GetObject', 'arn:aws:s3:::videos/other/a.mp4', false],
  ['s3:GetObject', 'arn:aws:s3:::videosXvideos/a.mp4', false],
  ['s3:GetObject', 'arn:aws:s3:::videos/videos/line\nbreak.mp4', true],
  ['ecs:RunTask', 'arn:aws:ecs:us-east-1:000000000000:task-definition/worker:3', true],
  ['ecs:RunTask', 'arn:aws:ecs:us-east-1:000000000000:task-definition/worker:31', false],
])('%s on %s: %s', (action, resource, allowed) => {
  expect(isAllowed(grants, action, resource)).toBe(allowed);
});

it('allows nothing without a grant', () => {
  expect(isAllowed([], 's3:GetObject', 'arn:aws:s3:::videos/a')).toBe(false);
});
