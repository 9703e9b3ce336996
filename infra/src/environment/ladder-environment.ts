import type { StackContext } from '../stack-context.ts';

/** Environment variables that decide what both invoker and worker estimate for a job: what is encoded, and on what. */
export function ladderEnvironment({ location, settings }: StackContext) {
  return {
    FYRESTREAM_LADDER: JSON.stringify(settings.ladder),
    FYRESTREAM_REGION: location.region,
    FYRESTREAM_ARCHITECTURE: settings.architecture,
  };
}
