import type { Settings } from '@fyrestream/events';
import type { Statement } from './policy-document.ts';

/** Limits a statement about the table of jobs to the states of these endpoints. */
export function ofEndpoints(webhooks: Settings['webhooks']): NonNullable<Statement['Condition']> {
  return {
    'ForAllValues:StringEquals': {
      'dynamodb:LeadingKeys': Object.keys(webhooks).map((name) => `webhook#${name}`),
    },
    // Without the key in the request, the condition before is true.
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
}
