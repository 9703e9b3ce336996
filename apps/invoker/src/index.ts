export { createInvoker, type InvokerDependencies, type InvokerSettings } from './handler.ts';
export { createSourceInspector, type SourceInspector } from './inspect-source.ts';
export { readMediaInfo } from './read-media-info.ts';
