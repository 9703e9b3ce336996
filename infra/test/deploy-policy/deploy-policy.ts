import {
  type PolicyDocument,
  policyDocument,
  type Statement,
} from '../../src/permissions/policy-document.ts';
import type { Recording } from '../recording/recorded-resource.ts';
import { deployGrants, type Grant } from './deploy-grants.ts';

/** The types that a provider manages, of all resources that the program registered. */
export function managedTypes(...recordings: readonly Recording[]): string[] {
  const types = recordings.flatMap(({ resources }) => resources.map(({ type }) => type));
  return [...new Set(types)].filter((type) => /^awsx?:/.test(type)).sort();
}

/** The policy of an identity that may deploy, update and destroy the stacks of an account: what the registered types need. */
export function deployPolicy(types: readonly string[]): PolicyDocument {
  const byResources = new Map<string, Grant>();
  for (const { actions, resources } of types.flatMap((type) => deployGrants[type] ?? [])) {
    const key = resources.join(' ');
    const known = byResources.get(key)?.actions ?? [];
    byResources.set(key, { actions: [...new Set([...known, ...actions])].sort(), resources });
  }
  const statements = [...byResources.values()].map(
    ({ actions, resources }, index): Statement => ({
      Sid: `Deploy${index + 1}`,
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
    }),
  );
  return policyDocument(...statements);
}
