import type { Connection } from '@fyrestream/cloud';
import {
  profileSettingsFrom,
  type SettingsEnvironment,
  settingsEnvironmentSchema,
  stackEnvironmentSchema,
} from '@fyrestream/events';
import { connectStack, type StorageAccess } from '@fyrestream/operations';
import type { ApiServices, ShownSettings } from './services.ts';

/** Where a stack is, and who may use it. */
export interface ApiConnection {
  readonly connection: Connection;
  /** The variables of the stack: those of `stackEnvironmentSchema`, and the settings where they are known. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For a person: `the stack dev`. */
  readonly name: string;
  readonly access: StorageAccess;
  /** Of a local cloud. */
  readonly dataDirectory: string | null;
}

/** Connects the services of a stack, except the URLs of published files. */
export async function connectApi({
  connection,
  environment,
  name,
  access,
  dataDirectory,
}: ApiConnection): Promise<Pick<ApiServices, 'stack' | 'settings' | 'priceRegion'>> {
  const stack = await connectStack(connection, stackEnvironmentSchema.parse(environment), {
    name,
    access,
    dataDirectory,
    reopen: async () => stack,
  });
  const settings = settingsEnvironmentSchema.safeParse(environment);
  return {
    stack,
    settings: settings.success ? shownSettings(settings.data) : null,
    priceRegion: settings.success ? settings.data.FYRESTREAM_REGION : access.region,
  };
}

function shownSettings(environment: SettingsEnvironment): ShownSettings {
  return {
    ...profileSettingsFrom(environment),
    architecture: environment.FYRESTREAM_ARCHITECTURE,
    spot: environment.FYRESTREAM_SPOT,
    maxConcurrentTasks: environment.FYRESTREAM_MAX_CONCURRENT_TASKS,
    maxWorkersPerJob: environment.FYRESTREAM_MAX_WORKERS_PER_JOB,
    targetMinutes: environment.FYRESTREAM_TARGET_MINUTES,
    costLimitUsd: environment.FYRESTREAM_COST_LIMIT_USD,
    unitSeconds: environment.FYRESTREAM_UNIT_SECONDS,
    priorities: environment.FYRESTREAM_PRIORITIES,
    shares: environment.FYRESTREAM_SHARES,
  };
}
