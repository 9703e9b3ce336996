import type { ListPosition } from './list-objects.ts';

/** @returns undefined for an invalid token */
export function decodeToken(token: string): ListPosition | undefined {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (text.startsWith('k')) return { key: text.slice(1) };
  return text.startsWith('p') ? { prefix: text.slice(1) } : undefined;
}

export function encodeToken(position: ListPosition): string {
  const text = 'key' in position ? `k${position.key}` : `p${position.prefix}`;
  return Buffer.from(text, 'utf8').toString('base64url');
}
