import { createHash } from 'node:crypto';
import { uploadPath } from '../object-key.ts';

/** The tenant of uploads directly below `videos/`. A folder of this name belongs to it too. */
export const defaultTenant = 'default';

/** The sort key of a place in line has at most 1,024 bytes, and a name of a folder may have as many. */
const maxTenantBytes = 512;

/** Whose upload it is: the first folder below `videos/`. Never contains a slash. */
export function tenantOf(sourceKey: string): string {
  const path = uploadPath(sourceKey);
  const end = path.indexOf('/');
  const folder = end <= 0 ? defaultTenant : path.slice(0, end);
  return Buffer.byteLength(folder) <= maxTenantBytes
    ? folder
    : createHash('sha256').update(folder).digest('hex');
}
