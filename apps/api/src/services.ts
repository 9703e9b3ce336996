import type { Settings } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import type { PublishedUrls } from './videos/published-urls.ts';

/** The settings of a stack that the API shows, and from which it estimates. */
export type ShownSettings = Pick<
  Settings,
  | 'ladder'
  | 'profiles'
  | 'profileRules'
  | 'architecture'
  | 'spot'
  | 'maxConcurrentTasks'
  | 'maxWorkersPerJob'
  | 'targetMinutes'
  | 'costLimitUsd'
  | 'unitSeconds'
  | 'priorities'
  | 'shares'
>;

/** What the routes use. */
export interface ApiServices {
  readonly stack: Stack;
  /** The region whose prices estimates have. */
  readonly priceRegion: string;
  /** Null for a stack that was deployed by a release which did not tell them. */
  readonly settings: ShownSettings | null;
  readonly published: PublishedUrls;
  readonly logFailure: (error: unknown) => void;
  /** How long a stream of events lasts: less than the time limit of a Lambda function. */
  readonly maxStreamSeconds: number;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
}
