import type * as aws from '@pulumi/aws';
import type { StackArns } from './names/stack-arns.ts';
import type { StackNames } from './names/stack-names.ts';
import type { StackPlace } from './names/stack-place.ts';
import type { Settings } from './settings/settings-schema.ts';

/** What every component of a stack knows. */
export interface StackContext {
  readonly place: StackPlace;
  readonly settings: Settings;
  readonly names: StackNames;
  readonly arns: StackArns;
  /** Region and tags. Components of our own inherit it; those of awsx, which a provider builds, are given it by name. */
  readonly provider: aws.Provider;
}
