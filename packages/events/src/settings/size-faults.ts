import { earlierLadderVariable } from '../profiles/earlier-ladder.ts';
import { packProfiles } from '../profiles/profiles-variable.ts';
import type { ProfileSettings } from '../profiles/stack-profiles.ts';
import type { PriorityPrefixes } from '../scheduling/priority.ts';
import type { Shares } from '../scheduling/shares.ts';
import type { Webhooks } from '../webhooks/webhook-endpoint.ts';
import type { SettingsFault } from './profile-faults.ts';

/** Of profiles, priorities and shares as variables. The other variables of the invoker need less than 1 KB. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxInvokerCharacters = 3_000;
/** The same of the API, whose other variables need 1.4 KB. */
const maxApiCharacters = 2_600;
/** The names of the queues of webhooks, and of the variables that hold them. */
const webhookVariableCharacters = 400;

interface SizedSettings extends ProfileSettings {
  readonly priorities: PriorityPrefixes;
  readonly shares: Shares;
  readonly webhooks: Webhooks;
  readonly api: 'off' | 'iam';
}

/** Settings that do not fit into the environment of the Lambda functions that receive them, which has 4 KB. */
export function sizeFaults(settings: SizedSettings): SettingsFault[] {
  const { priorities, shares, webhooks } = settings;
  const faults: SettingsFault[] = [];
  const length = packProfiles(settings).length + JSON.stringify({ priorities, shares }).length;
  const lengthOfInvoker = length + earlierLadderVariable(settings).length;
  if (lengthOfInvoker > maxInvokerCharacters) {
    const hasPlaces = Object.keys({ ...priorities, ...shares }).length > 0;
    faults.push({
      path: [hasPlaces ? 'priorities' : 'profiles'],
      message: `must have, with profiles, priorities and shares, at most ${maxInvokerCharacters} characters, deflated where they are profiles, not ${lengthOfInvoker}: a Lambda function receives them, and its environment has 4 KB`,
    });
  }
  const hasWebhooks = Object.keys(webhooks).length > 0;
  const lengthOfApi =
    length + (hasWebhooks ? JSON.stringify(webhooks).length + webhookVariableCharacters : 0);
  if (settings.api === 'iam' && lengthOfApi > maxApiCharacters) {
    faults.push({
      path: ['api'],
      message: `needs profiles, priorities, shares and webhooks of together at most ${maxApiCharacters} characters, deflated where they are profiles, not ${lengthOfApi}: the function receives them, and its environment has 4 KB`,
    });
  }
  return faults;
}
