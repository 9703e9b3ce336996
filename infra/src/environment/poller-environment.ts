import type { StackContext } from '../stack-context.ts';

/** Environment variables of the poller. */
export function pollerEnvironment({ names, settings }: StackContext) {
  return {
    FYRESTREAM_LOG_LEVEL: settings.logLevel,
    FYRESTREAM_INVOKER_FUNCTION: names.invoker,
  };
}
