import type { Settings } from '@fyrestream/events';
import { localTopology, type Topology } from './topology.ts';

/** The settings that have an effect here; all others concern resources of AWS. */
const usedSettings: ReadonlySet<string> = new Set<keyof Settings>([
  'ladder',
  'profiles',
  'profileRules',
  'architecture',
  'spot',
  'maxConcurrentTasks',
  'priorities',
  'shares',
  'maxWorkersPerJob',
  'targetMinutes',
  'costLimitUsd',
  'attemptHours',
  'unitSeconds',
  'oldVersionDays',
  'deleteAfterSourceDays',
  'recordRetentionDays',
  'webhooks',
]);

/**
 * The stack `local` with settings of a deployed stack, so that what they do can be tried.
 * @param region of the deployed stack: estimates have its prices
 */
export function configureTopology(
  settings: Partial<Settings>,
  region = localTopology.priceRegion,
): { topology: Topology; unusedSettings: readonly string[] } {
  const { maxConcurrentTasks = localTopology.maxRunningTasks, spot = localTopology.spotFirst } = settings;
  const {
    ladder = localTopology.ladder,
    profiles = localTopology.profiles,
    profileRules = localTopology.profileRules,
    architecture = localTopology.architecture,
    costLimitUsd = localTopology.costLimitUsd,
    attemptHours = localTopology.attemptHours,
    unitSeconds = localTopology.unitSeconds,
    priorities = localTopology.priorities,
    shares = localTopology.shares,
    maxWorkersPerJob = localTopology.maxWorkersPerJob,
    targetMinutes = localTopology.targetMinutes,
    oldVersionDays = localTopology.oldVersionDays,
    deleteAfterSourceDays = localTopology.deleteAfterSourceDays,
    recordRetentionDays = localTopology.recordRetentionDays,
    webhooks = localTopology.webhooks,
  } = settings;
  return {
    topology: {
      ...localTopology,
      ...{ ladder, profiles, profileRules, architecture, costLimitUsd, attemptHours, unitSeconds },
      ...{
        priorities,
        shares,
        maxWorkersPerJob,
        targetMinutes,
        oldVersionDays,
        deleteAfterSourceDays,
        recordRetentionDays,
        webhooks,
      },
      priceRegion: region,
      maxRunningTasks: maxConcurrentTasks,
      spotFirst: spot,
    },
    unusedSettings: Object.keys(settings).filter((name) => !usedSettings.has(name)),
  };
}
