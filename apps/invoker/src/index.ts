export { createJobEstimator } from './create-job-estimator.ts';
export { createInvoker } from './handler.ts';
export { createSourceInspector, type SourceInspector } from './inspect-source.ts';
export type { InvokerDependencies, InvokerSettings } from './invoker-dependencies.ts';
export { createMediaReader } from './media-info/read-media-info.ts';
