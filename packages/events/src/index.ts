export {
  type AdditionalLaunch,
  type AdditionalWorkers,
  additionalLaunchSchema,
  additionalWorkersSchema,
} from './additional-workers.ts';
export { type AdvanceResult, acceptingStatuses, advanceJob } from './advance-job.ts';
export { type AnnouncedEvent, maxAnnouncedEvents } from './announced-event.ts';
export { describeCostLimit } from './cost-limit.ts';
export { fargateSizeError, fargateSizes, fargateStorageGiB } from './fargate-size.ts';
export { type ErrorFacts, FyrestreamError } from './fyrestream-error.ts';
export {
  type ControlMessage,
  controlMessageSchema,
  type InvokerMessage,
  invokerMessageSchema,
  jobIdOfMessage,
} from './invoker-message.ts';
export {
  type JobEvent,
  type JobStatus,
  jobEventKindSchema,
  jobEventSchema,
  jobEventSource,
  jobStatusSchema,
} from './job-event.ts';
export {
  type JobOutputs,
  jobOutputsSchema,
  type PublishedRendition,
  publishedRenditionSchema,
} from './job-outputs.ts';
export {
  additionalLaunches,
  admitJob,
  isActive,
  isTerminal,
  type JobRecord,
  jobRecordSchema,
  launchesOf,
  type NewJob,
  waitsForPlace,
} from './job-record.ts';
export type { AttemptEnd, JobStep } from './job-step.ts';
export { jsonVariable } from './json-variable.ts';
export {
  av1Ladder,
  type CodecLadder,
  codecLadderSchema,
  defaultLadderConfig,
  hevcLadder,
  type LadderConfig,
  type LadderRung,
  type LoudnessTarget,
  ladderConfigSchema,
  loudnessTargetSchema,
} from './ladder-config.ts';
export { type Launch, launchSchema } from './launch.ts';
export {
  blockedSecondsOf,
  isLaunchBlock,
  type LaunchBlockCode,
  launchBlockRemedies,
} from './launch-block.ts';
export {
  type LaunchTarget,
  type LaunchTargetEnvironment,
  launchTargetEnvironmentSchema,
  launchTargetFrom,
} from './launch-target.ts';
export { type LeftOut, leftOutSchema } from './left-out.ts';
export { matchesPattern } from './matches-pattern.ts';
export {
  choiceSidecarKey,
  dashManifestFileName,
  decodeNotificationKey,
  encryptionKeyKey,
  ignoredObjectKind,
  jobOutputsKey,
  keysPrefix,
  masterPlaylistFileName,
  maxKeyBytes,
  outputPrefix,
  planKey,
  posterFileName,
  referenceCaptureKey,
  referenceFileKey,
  type StableFileName,
  stableFileNames,
  stableKey,
  stablePrefix,
  trackFileKey,
  type UnitClaim,
  unitContentsKey,
  unitPrefix,
  uploadKey,
  uploadPath,
  uploadPrefix,
  verificationKey,
  versionPrefix,
  versionsPrefix,
  versionUri,
  watermarkKey,
  watermarkPrefix,
  workPrefix,
} from './object-key.ts';
export {
  type Deletion,
  dueAtOnce,
  isDeletedBy,
  isDeletedVersion,
  isJobOfVersion,
  type OrderedUpload,
  type OutputRecord,
  orderedUploadSchema,
  outputRecordSchema,
  type RetiredVersion,
} from './output-record.ts';
export { chooseMaking, profileOf } from './profiles/choose-making.ts';
export { earlierLadderVariable } from './profiles/earlier-ladder.ts';
export { type Encryption, encryptionSchema, keyUrlOf } from './profiles/encryption.ts';
export { type Making, makingSchema } from './profiles/making.ts';
export { metadataOfChoice } from './profiles/metadata-of-choice.ts';
export { presentProfileOf } from './profiles/present-profile-of.ts';
export { type Profile, profileSchema, type ResolvedProfile } from './profiles/profile.ts';
export { defaultProfileName, profileNameSchema } from './profiles/profile-name.ts';
export { profileNameOf } from './profiles/profile-name-of.ts';
export { type ProfileRules, profileRuleSchema, profileRulesSchema } from './profiles/profile-rules.ts';
export { packProfiles, profilesVariable } from './profiles/profiles-variable.ts';
export {
  type ProfileSettings,
  type Profiles,
  profilesSchema,
  type StackProfiles,
  stackProfilesOf,
} from './profiles/stack-profiles.ts';
export { type Trim, trimSchema } from './profiles/trim.ts';
export {
  maxSidecarBytes,
  optionsMetadataName,
  parseMetadataChoice,
  parseSidecarChoice,
  profileMetadataName,
  type UploadChoice,
  uploadChoiceSchema,
  uploadSidecarSchema,
} from './profiles/upload-choice.ts';
export { type UploadOptions, uploadOptionsSchema } from './profiles/upload-options.ts';
export { type Watermark, watermarkImageSchema, watermarkSchema } from './profiles/watermark.ts';
export { jobProgress } from './progress/job-progress.ts';
export {
  type JobProgress,
  jobProgressSchema,
  type ProgressPhase,
  progressPhaseSchema,
  type TrackProgress,
  trackProgressSchema,
  type UnitProgress,
  unitProgressSchema,
} from './progress/progress-schema.ts';
export { type ParsedQueueMessage, parseQueueMessage } from './queue-message.ts';
export { type Reason, reasonFrom, reasonSchema } from './reason.ts';
export { type JobCost, jobCostOf, jobCostSchema } from './receipt/job-cost.ts';
export {
  type BilledServices,
  type BilledTask,
  billedTaskSchema,
  type Receipt,
  receiptSchema,
  taskIdOf,
  tasksToBill,
} from './receipt/receipt.ts';
export {
  type CostGroup,
  type CostGrouping,
  costGroupingSchema,
  costGroupSchema,
  costTimeOf,
  sumCosts,
} from './receipt/sum-costs.ts';
export {
  addSeconds,
  launchDelaySeconds,
  maxAttemptsWithInterruptions,
  maxDelaySeconds,
  maxDeniedInspections,
  maxFailures,
  maxInspectionDelays,
  maxInspectionMinutes,
  maxSpotInterruptions,
  maxWriteConflicts,
  retryDelaySeconds,
} from './retry-policy.ts';
export { type DeletedSource, notificationOfUpload } from './s3-notification.ts';
export { isSamePlace, type LineEntry, lineEntryOf, linePartition } from './scheduling/line-entry.ts';
export {
  type Priority,
  type PriorityPrefixes,
  priorities,
  priorityPrefixesSchema,
} from './scheduling/priority.ts';
export { type Shares, sharesSchema } from './scheduling/shares.ts';
export { tenantOf } from './scheduling/tenant.ts';
export {
  firstTurn,
  type Grant,
  placesPerLowerPriority,
  priorityOrder,
  type TurnRecord,
  takeTurn,
  turnRecordSchema,
  withGrants,
} from './scheduling/turn-record.ts';
export { describeIssues } from './settings/describe-issues.ts';
export { isTextSetting } from './settings/is-text-setting.ts';
export { type ParsedSettings, parseSettings } from './settings/parse-settings.ts';
export { type Settings, settingsSchema } from './settings/settings-schema.ts';
export {
  profileSettingsFrom,
  type SettingsEnvironment,
  type StackEnvironment,
  settingsEnvironmentSchema,
  stackEnvironmentSchema,
} from './stack-environment.ts';
export {
  type Capacity,
  capacitySchema,
  type TaskRequest,
  type TaskSize,
  taskRequestSchema,
  taskSizeSchema,
} from './task-request.ts';
export {
  type StoppedTask,
  stoppedTaskSchema,
  type TaskUsage,
  taskStateChangeSchema,
  usageOf,
} from './task-stopped.ts';
export {
  attemptTimeLimits,
  maxClockDifferenceMinutes,
  maxStartMinutes,
  silenceMinutes,
} from './task-time-limits.ts';
export {
  claimOwner,
  type TranscodeRequest,
  transcodeRequestSchema,
  workerExitCode,
} from './transcode-request.ts';
export {
  assemblyUnitId,
  audioUnitId,
  planUnitId,
  type UnitPace,
  type UnitRecord,
  unitPaceSchema,
  unitRecordSchema,
  verificationUnitId,
  verifiedUnitId,
  videoUnitId,
  wholeVideoUnitId,
} from './unit-record.ts';
export { unpublishableKeyReason } from './unpublishable-key-reason.ts';
export {
  compareUploads,
  compareVersions,
  jobIdOf,
  jobIdSchema,
  orderOfListedUpload,
  orderOfUpload,
  type Upload,
  type UploadOrder,
  uploadOrderSchema,
  uploadSchema,
} from './upload.ts';
export {
  certificateFileName,
  chapterListFileName,
  chapterTrackFileName,
  iframePlaylistFileName,
  initFileName,
  mediaPlaylistFileName,
  previewFileName,
  progressiveFileName,
  segmentFileName,
  segmentFileTemplate,
  spriteSheetFileName,
  spriteSheetPattern,
  spriteTrackFileName,
  subtitleFileName,
} from './version-file-name.ts';
export { type RecipeRendition, type VersionRecipe, versionRecipeSchema } from './version-recipe.ts';
export { defaultOutputs, type OutputKind, outputKinds, wantedOutputsSchema } from './wanted-outputs.ts';
export {
  isLoopbackUrl,
  type WebhookEndpoint,
  type Webhooks,
  webhooksSchema,
} from './webhooks/webhook-endpoint.ts';
export {
  parseWebhookMessage,
  type WebhookDelivery,
  type WebhookEvent,
  type WebhookMessage,
} from './webhooks/webhook-message.ts';
export { webhookRetryDelaysSeconds, webhookRetrySpread } from './webhooks/webhook-retry-delays.ts';
