import { FyrestreamError, metadataOfChoice, type UploadChoice } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import { UsageError } from '../usage-error.ts';

/**
 * The metadata of objects that are made by a profile of the stack and with options. A stack that does not tell its profiles refuses the
 * job where there is no such profile.
 * @throws UsageError `profile-unknown`, `options-too-long`
 */
export function choiceMetadata(
  choice: UploadChoice,
  { name, profiles }: Pick<Stack, 'name' | 'profiles'>,
): Record<string, string> {
  if (choice.profile === undefined || profiles === null || profiles.includes(choice.profile))
    return encode(choice);
  throw new UsageError(
    'profile-unknown',
    `--profile ${choice.profile}: ${name} has no such profile, but ${profiles.join(', ')}.`,
  );
}

function encode(choice: UploadChoice): Record<string, string> {
  try {
    return metadataOfChoice(choice);
  } catch (error) {
    throw error instanceof FyrestreamError ? new UsageError(error.code, error.message) : error;
  }
}
