import { z } from 'zod';
import { uploadPath } from '../object-key.ts';

/** From the first to be launched to the last. */
export const priorities = ['urgent', 'normal', 'bulk'] as const;
export const prioritySchema = z.enum(priorities);
export type Priority = (typeof priorities)[number];

/** Priorities by prefix of the path below `videos/`, such as `{ "archive/": "bulk" }`. */
export const priorityPrefixesSchema = z.record(z.string().min(1), prioritySchema);
export type PriorityPrefixes = z.infer<typeof priorityPrefixesSchema>;

/** The priority of an upload: that of the longest prefix of its path, else `normal`. */
export function priorityOf(sourceKey: string, prefixes: PriorityPrefixes): Priority {
  const path = uploadPath(sourceKey);
  let longest = '';
  for (const prefix of Object.keys(prefixes)) {
    if (path.startsWith(prefix) && prefix.length > longest.length) longest = prefix;
  }
  return prefixes[longest] ?? 'normal';
}
