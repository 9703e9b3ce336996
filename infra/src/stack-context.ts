import type { Settings } from '@fyrestream/events';
import type * as aws from '@pulumi/aws';
import type { StackArns } from './names/stack-arns.ts';
import type { StackLocation } from './names/stack-location.ts';
import type { StackNames } from './names/stack-names.ts';

/** Shared by all components of a stack. */
export interface StackContext {
  readonly location: StackLocation;
  readonly settings: Settings;
  readonly names: StackNames;
  readonly arns: StackArns;
  /** Sets region and tags. Local components inherit it; awsx components need it passed explicitly. */
  readonly provider: aws.Provider;
}
