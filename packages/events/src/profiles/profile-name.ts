import { z } from 'zod';

/** A header of HTTP, a field of JSON and a flag of the command line take it as it is. */
export const profileNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,39}$/,
    'must be a name of at most 40 of a-z, 0-9 and hyphens, the first a letter',
  );

/** The profile of uploads that nothing gives another one, and the fields that other profiles leave out. */
export const defaultProfileName = 'default';
