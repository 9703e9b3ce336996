import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What a bundle was made of, as `pnpm build` writes it beside the bundle. */
export const bundleSourcesSchema = z.strictObject({
  /** SHA-256 by path, relative to the folder of the workspace. */
  sources: z.record(z.string(), z.string()),
  /** `zod@4.6.7` */
  packages: z.array(z.string()),
});
export type BundleSources = z.infer<typeof bundleSourcesSchema>;

interface WorkingCopy {
  readonly read: (path: string) => Buffer | null;
  /** The lock file of the packages. */
  readonly lock: string;
}

/** The sources of a bundle that have changed since it was built, and its packages that the lock file no longer contains. */
export function findChangedSources(
  bundle: string,
  { sources, packages }: BundleSources,
  { read, lock }: WorkingCopy,
): string[] {
  const workspace = dirname(dirname(bundle));
  const changed = Object.entries(sources)
    .map(([path, hash]) => ({ path: join(workspace, path), hash }))
    .filter(({ path, hash }) => hashOf(read(path)) !== hash);
  const replaced = packages.filter((name) => !isLocked(lock, name));
  return [...changed.map(({ path }) => path), ...replaced];
}

function hashOf(content: Buffer | null): string | null {
  return content === null ? null : createHash('sha256').update(content).digest('hex');
}

/** Keys of the lock file are `zod@4.6.7:`, in quotes for a scope, and with the versions of peers in parentheses. */
function isLocked(lock: string, name: string): boolean {
  return [':', "'", '('].some((end) => lock.includes(`${name}${end}`));
}
