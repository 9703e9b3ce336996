import { jobEventSource } from '@fyrestream/events';

/** Ends of tasks of the stack's cluster; other changes say nothing that is acted upon. */
export function stoppedTaskPattern(clusterArn: string) {
  return {
    source: ['aws.ecs'],
    'detail-type': ['ECS Task State Change'],
    detail: { clusterArn: [clusterArn], lastStatus: ['STOPPED'] },
  };
}

/** Failures have a rule of their own, so that they are counted; the two rules together match every job event once. */
export const failedJobPattern = { source: [jobEventSource], 'detail-type': ['job-failed'] };
export const otherJobEventPattern = {
  source: [jobEventSource],
  'detail-type': [{ 'anything-but': ['job-failed'] }],
};
export const jobEventPattern = { source: [jobEventSource] };
