export { isAudioBeside } from './beside/audio-ending.ts';
export { type AudioFile, chooseAudioFiles } from './beside/choose-audio-files.ts';
export { fileName } from './beside/file-name.ts';
export { besideKeyPrefix, type ListedFile } from './beside/files-beside.ts';
export { leftOutOfAudioFile } from './beside/left-out-of-audio-file.ts';
export { CaptionRefusal } from './captions/caption-refusal.ts';
export {
  type CaptionFile,
  chooseCaptionFiles,
  isCaptionFile,
} from './captions/choose-caption-files.ts';
export { convertCaptions } from './captions/convert-captions.ts';
export { leftOutOfCaptionFile } from './captions/left-out-of-caption-file.ts';
export { mediaCeilings } from './ceilings/media-ceilings.ts';
export { requireHeaderCeilings } from './ceilings/require-header-ceilings.ts';
export { requireIsoCeilings } from './ceilings/require-iso-ceilings.ts';
export { requireMatroskaCeilings } from './ceilings/require-matroska-ceilings.ts';
export { type Chapter, maxChapters } from './chapters/chapter.ts';
export { renderChapters } from './chapters/render-chapters.ts';
export {
  createTrackPackager,
  type PackagedFile,
  type TrackPackager,
  type TrackPackagerOptions,
} from './cmaf/create-track-packager.ts';
export { joinTrackManifests } from './cmaf/join-track-manifests.ts';
export { type Rational, rationalValue } from './cmaf/rational.ts';
export {
  type AudioTrackManifest,
  audioTrackManifestSchema,
  type Gop,
  type Segment,
  type TrackManifest,
  trackManifestSchema,
  type VideoTrackManifest,
  videoTrackManifestSchema,
} from './cmaf/track-manifest.ts';
export { encodeAudioCommand } from './command/encode-audio-command.ts';
export { encodeVideoCommand } from './command/encode-video-command.ts';
export {
  extractSubtitleCommand,
  type SubtitlePart,
  subtitlePartsOf,
} from './command/extract-subtitle-command.ts';
export { type FfmpegCommand, toArguments } from './command/ffmpeg-command.ts';
export { hashPacketsCommand, type PacketHash, readPacketHashes } from './command/packet-hashes.ts';
export { posterCommand } from './command/poster-command.ts';
export { prepareAudioCommand } from './command/prepare-audio-command.ts';
export { previewCommand } from './command/preview-command.ts';
export { remuxCommand } from './command/remux-command.ts';
export { spriteCommand } from './command/sprite-command.ts';
export { videoEncoderOptions } from './command/video-encoder-options.ts';
export { asPublished } from './encryption/as-published.ts';
export {
  createSegmentCipher,
  createSegmentDecipher,
  encryptionKeyBytes,
} from './encryption/create-segment-cipher.ts';
export { namesKey, replaceKeyUri } from './encryption/replace-key-uri.ts';
export { firstSequenceNumber } from './encryption/segment-iv.ts';
export { headerProbeArguments } from './facts/header-probe-arguments.ts';
export { probeArguments } from './facts/probe-arguments.ts';
export { readSourceFacts } from './facts/read-source-facts.ts';
export {
  type AudioStream,
  type SourceFacts,
  type SubtitleStream,
  sourceFactsSchema,
  type VideoStream,
} from './facts/source-facts.ts';
export { checkLoudness } from './loudness/check-loudness.ts';
export { createLoudnessReader } from './loudness/create-loudness-reader.ts';
export {
  type LoudnessTreatment,
  loudnessTreatmentSchema,
  treatLoudness,
} from './loudness/loudness-treatment.ts';
export { measureFileCommand, measureTracksCommand } from './loudness/measure-loudness-command.ts';
export { type MeasuredLoudness, measuredLoudnessSchema } from './loudness/measured-loudness.ts';
export { isSameTreatment, nextTreatment, type TreatmentResult } from './loudness/next-treatment.ts';
export { withLoudness } from './loudness/with-loudness.ts';
export { MediaRefusal, type RefusalCode, refusalSentences } from './media-refusal.ts';
export type { ObservationTools } from './observe/observation-tools.ts';
export { observeSource } from './observe/observe-source.ts';
export { refineSizeRefusal } from './observe/refine-size-refusal.ts';
export {
  type AudioOfUpload,
  addAudioFiles,
  planOfAudioFile,
  planOfOwnAudio,
  type ReadAudioFile,
} from './plan/add-audio-files.ts';
export {
  addCaptionTracks,
  type CaptionsOfUpload,
  type ReadCaptionFile,
} from './plan/add-caption-tracks.ts';
export { applyUploadOptions } from './plan/apply-upload-options.ts';
export { type ChosenStreams, chooseStreams } from './plan/choose-streams.ts';
export { describeLadderGap } from './plan/describe-ladder-gap.ts';
export { embeddedSubtitles } from './plan/embedded-subtitles.ts';
export {
  type EncodePlan,
  encodePlanSchema,
  type FrameRange,
  type PlannedAudioFile,
  type PlannedAudioTrack,
  type PlannedCaptionFile,
  type PlannedRendition,
  type PlannedSubtitleTrack,
  type PlannedUnit,
  type PlannedVideo,
  plannedRenditions,
  type VideoCodec,
} from './plan/encode-plan.ts';
export { refineScrambledRefusal } from './plan/left-out-of-scan.ts';
export type { Observations } from './plan/observations.ts';
export { type PlanOptions, planEncode } from './plan/plan-encode.ts';
export { planLadder } from './plan/plan-ladder.ts';
export { segmentDurationOf } from './plan/segment-duration.ts';
export { isSurround } from './plan/surround-track-id.ts';
export {
  type Bandwidth,
  measureBandwidth,
  measureIframeBandwidth,
} from './playlists/measure-bandwidth.ts';
export {
  createPresentation,
  type Presentation,
  type SubtitleTrack,
} from './playlists/presentation.ts';
export { readAudioChannels } from './playlists/read-audio-channels.ts';
export { renderDashManifest } from './playlists/render-dash-manifest.ts';
export { renderIFramePlaylist } from './playlists/render-iframe-playlist.ts';
export { renderMasterPlaylist } from './playlists/render-master-playlist.ts';
export { renderMediaPlaylist } from './playlists/render-media-playlist.ts';
export { type PlaylistFile, renderPlaylists } from './playlists/render-playlists.ts';
export { renderSubtitlePlaylist } from './playlists/render-subtitle-playlist.ts';
export { trackDurationSeconds, trackFrameRate } from './playlists/track-times.ts';
export { planPreview } from './preview/plan-preview.ts';
export {
  addressTracks,
  packagingRevision,
  type TrackAddresses,
  type TrackOrigin,
} from './remake/address-tracks.ts';
export { forecastRemake, type MadeVersion, type RemakeForecast } from './remake/forecast-remake.ts';
export { keepableTracks, keepTracks } from './remake/keep-tracks.ts';
export { planOfUnit, planToEncode } from './remake/plan-to-encode.ts';
export { recipeOf } from './remake/recipe-of.ts';
export { createSourceScanner } from './scan/create-source-scanner.ts';
export type { FileParts } from './scan/find-file-header.ts';
export { type FileRepair, findKeyFrameRepairs } from './scan/find-key-frame-repairs.ts';
export type { SourceScan, SourceScanner } from './scan/source-scan.ts';
export { billServices, billTask } from './size/bill-job.ts';
export { countWorkers, type WorkerLimits } from './size/count-workers.ts';
export { type EncodeWork, type SourceEstimate, workOfPlan, workOfSource } from './size/encode-work.ts';
export { type CostEstimate, estimateCost, taskSecondsOf } from './size/estimate-cost.ts';
export { estimateCpuSeconds } from './size/estimate-cpu.ts';
export { estimatePlan, type PlanEstimate } from './size/estimate-plan.ts';
export { type FargatePrices, fargatePrices, type TaskPlatform } from './size/fargate-prices.ts';
export { sizeTask, withLargerDisk, withLargerMemory } from './size/size-task.ts';
export {
  type SniffedContainer,
  sniffAudioFrames,
  sniffContainer,
  sniffFramesLengthBytes,
  sniffLengthBytes,
} from './sniff/sniff-container.ts';
export { sniffRefusal } from './sniff/sniff-refusal.ts';
export { planSprites, type SpritePlan, spriteSource } from './sprites/plan-sprites.ts';
export { renderSpriteTrack } from './sprites/render-sprite-track.ts';
export { convertExtractedSubtitles } from './subtitles/convert-extracted-subtitles.ts';
export {
  leftOutOfSubtitles,
  type SubtitleReport,
  subtitleReportSchema,
} from './subtitles/subtitle-report.ts';
export {
  createElementaryStreamFinder,
  type ElementaryStream,
} from './transport-stream/find-elementary-streams.ts';
export { findMovedStreams, type PidMove } from './transport-stream/find-moved-streams.ts';
export { createPidMover } from './transport-stream/move-pids.ts';
export { findPacketLayout, type PacketLayout } from './transport-stream/packet-layout.ts';
export {
  type AudioReferenceTargets,
  addAudioReferenceCapture,
} from './verify/add-audio-reference-capture.ts';
export {
  addVideoReferenceCapture,
  type VideoReferenceTargets,
} from './verify/add-video-reference-capture.ts';
export {
  assessSource,
  describeDamage,
  joinAssessments,
  minDecodableShare,
  requireDecodable,
  type SourceAssessment,
  sourceAssessmentSchema,
} from './verify/assess-source.ts';
export { type AudioEnvelope, createEnvelopeReader } from './verify/audio-envelope.ts';
export {
  type Certificate,
  type CertifiedFile,
  certificateSchema,
  certifiedFileSchema,
  certifiedLoudnessSchema,
  renderCertificate,
} from './verify/certificate.ts';
export { type Check, checkSchema, equalCheck } from './verify/check.ts';
export { checkAudio } from './verify/check-audio.ts';
export { checkDecoding, checkPacketHashes } from './verify/check-decoding.ts';
export { checkPlaylists, checkStoredFiles, type FileSizes } from './verify/check-files.ts';
export { checkTracks } from './verify/check-tracks.ts';
export { checkVideo, referenceFrames, type StoredReference } from './verify/check-video.ts';
export { decodeRenditionCommand } from './verify/decode-rendition-command.ts';
export { type DecoderWarnings, readDecoderWarnings } from './verify/decoder-warnings.ts';
export { type EncodedPart, findInexactness } from './verify/find-inexactness.ts';
export { type FrameSignatureSize, frameSignatureSizeOf } from './verify/frame-signature.ts';
export {
  type CollectedFrameSignatures,
  createFrameSignatureCollector,
  maxSignaturesOfPart,
} from './verify/frame-signature-collector.ts';
export { createFrameTimesReader, type FrameTimeStatistics } from './verify/frame-times.ts';
export { joinChecks } from './verify/join-checks.ts';
export { listLeftOut, shortenLeftOut } from './verify/list-left-out.ts';
export { type ReferenceCapture, referenceCaptureSchema } from './verify/reference-capture.ts';
export {
  checkDecoderConfiguration,
  checkProbedRendition,
  renditionProbeArguments,
} from './verify/rendition-probe.ts';
export { requirePassed, VerificationFailure } from './verify/verification-failure.ts';
export {
  type PublishedFiles,
  type PublishedVerdict,
  verifyPublished,
} from './verify/verify-published.ts';
export { warningsOfUnit } from './verify/warnings-of-unit.ts';
export { addWatermark, type WatermarkImage } from './watermark/add-watermark.ts';
export { readWatermarkProbe, watermarkProbeArguments } from './watermark/probe-watermark.ts';
export { sniffWatermark } from './watermark/sniff-watermark.ts';
export type { WatermarkFile } from './watermark/watermark-file.ts';
