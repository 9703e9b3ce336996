export { type BackfillRequest, backfill, isInPlace } from './backfill/backfill.ts';
export {
  type BackfilledObject,
  type BackfillOutcome,
  backfillOutcomes,
} from './backfill/backfilled-object.ts';
export { listLateFiles } from './beside/list-late-files.ts';
export { type DeadLetter, describeDeadLetter } from './dead-letters/describe-dead-letter.ts';
export { readFailureReasons } from './dead-letters/read-failure-reasons.ts';
export { peekDeadLetters, redriveQueue } from './dead-letters/redrive-queue.ts';
export { type RedriveTarget, redriveTargetOf } from './dead-letters/redrive-target.ts';
export { formatDuration } from './format-duration.ts';
export { checkStack } from './health/check-stack.ts';
export { createFinding, type Finding } from './health/finding.ts';
export { applyOperatorStep, type OperatorStep } from './interventions/apply-operator-step.ts';
export { cancelJob } from './interventions/cancel-job.ts';
export { holdJob } from './interventions/hold-job.ts';
export { type JobSelection, listSelectedJobs } from './interventions/list-selected-jobs.ts';
export { releaseJob } from './interventions/release-job.ts';
export { retryJob } from './interventions/retry-job.ts';
export { allJobs } from './jobs/all-jobs.ts';
export { jobQueuePosition } from './jobs/job-queue-position.ts';
export { lastChangedJobs } from './jobs/last-changed-jobs.ts';
export { type ListedJobEvent, listJobEvents } from './jobs/list-job-events.ts';
export { listJobsSince } from './jobs/list-jobs-since.ts';
export { type JobWithProgress, listJobsWithProgress } from './jobs/list-jobs-with-progress.ts';
export { listQueue, type Queue, type QueueGroup } from './jobs/list-queue.ts';
export { readJobLog } from './jobs/read-job-log.ts';
export { readPlan } from './jobs/read-plan.ts';
export { requireJob } from './jobs/require-job.ts';
export { type StageDuration, secondsBetween, stageDurations } from './jobs/stage-durations.ts';
export {
  describeQueue,
  followedProgress,
  type Progress,
  type QueuePosition,
} from './progress/job-progress.ts';
export { publishedInBucket } from './published/published-in-bucket.ts';
export type { RangedFiles } from './published/ranged-files.ts';
export { readEncryptionKey } from './published/read-encryption-key.ts';
export { listVersionFiles, type VersionFile } from './published/version-files.ts';
export {
  type AdmittedRemakes,
  admitRemakes,
  divideByBudget,
  type RemakeAdmission,
} from './remake/admit-remakes.ts';
export { proposeRemakes, type RemakeRequest } from './remake/propose-remakes.ts';
export type { RemakeProposal } from './remake/remake-proposal.ts';
export { connectStack } from './stack/connect-stack.ts';
export type { Stack, StackQueue, StorageAccess } from './stack/stack.ts';
export { type Endpoint, listEndpoints } from './webhooks/list-endpoints.ts';
