export { createJobEstimator } from './admission/create-job-estimator.ts';
export { createUploadChooser } from './admission/create-upload-chooser.ts';
export { createSourceInspector, type SourceInspector } from './admission/inspect-source.ts';
export { createInvoker } from './handler.ts';
export type { InvokerDependencies, InvokerSettings } from './invoker-dependencies.ts';
export { createMediaReader } from './media-info/read-media-info.ts';
