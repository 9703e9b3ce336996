import type { Grant } from './permissions.ts';

/**
 * Whether one of the grants covers the action on the resource.
 * Matching follows IAM: action names are case-insensitive, ARNs are case-sensitive.
 */
export function isAllowed(grants: readonly Grant[], action: string, resourceArn: string): boolean {
  return grants.some(
    (grant) =>
      grant.actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
      grant.resources.some((pattern) => matches(pattern, resourceArn)),
  );
}

function matches(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${expression}$`).test(value);
}
