import { jobEventSource } from '@fyrestream/events';

/** Matches stopped tasks of the stack's cluster. Other state changes are not needed. */
export function stoppedTaskPattern(clusterArn: string) {
  return {
    source: ['aws.ecs'],
    'detail-type': ['ECS Task State Change'],
    detail: { clusterArn: [clusterArn], lastStatus: ['STOPPED'] },
  };
}

/** Failures have a separate rule, so that its metric counts them. The two patterns match every job event exactly once. */
export const failedJobPattern = { source: [jobEventSource], 'detail-type': ['job-failed'] };
export const otherJobEventPattern = {
  source: [jobEventSource],
  'detail-type': [{ 'anything-but': ['job-failed'] }],
};
export const jobEventPattern = { source: [jobEventSource] };
