import type { StackContext } from '../stack-context.ts';

/** Everything that the poller reads from its environment. */
export function pollerEnvironment({ names, settings }: StackContext) {
  return {
    FYRESTREAM_LOG_LEVEL: settings.logLevel,
    FYRESTREAM_INVOKER_FUNCTION: names.invoker,
  };
}
