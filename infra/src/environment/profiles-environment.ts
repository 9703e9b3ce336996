import { packProfiles } from '@fyrestream/events';
import type { StackContext } from '../stack-context.ts';

/** Environment variables that decide what both invoker and worker estimate for a job: what is encoded, and on what. */
export function profilesEnvironment({ location, settings }: StackContext) {
  return {
    FYRESTREAM_PROFILES: packProfiles(settings),
    FYRESTREAM_REGION: location.region,
    FYRESTREAM_ARCHITECTURE: settings.architecture,
  };
}
