export { ApiError, type Problem } from './api-error.ts';
export type { components, operations, paths } from './api-schema.ts';
export { type Client, type ClientOptions, createClient, resultOf } from './create-client.ts';
export { type FollowOptions, followJob, type JobDetail } from './follow/follow-job.ts';
export { followJobs, type Job } from './follow/follow-jobs.ts';
export { ConnectionBrokenError, PartRefusedError } from './upload/send-part.ts';
export {
  abortUpload,
  type CompletedUpload,
  type UploadOptions,
  type UploadProgress,
  uploadFile,
  uploadSidecar,
} from './upload/upload-file.ts';
