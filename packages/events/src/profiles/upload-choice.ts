import { z } from 'zod';
import { FyrestreamError } from '../fyrestream-error.ts';
import { describeIssues } from '../settings/describe-issues.ts';
import { profileNameSchema } from './profile-name.ts';
import { uploadOptionsSchema } from './upload-options.ts';

/** What an upload says itself: in its metadata, or in a file beside it. */
export const uploadChoiceSchema = z.strictObject({
  profile: profileNameSchema.optional().describe('Name of a profile of the stack.'),
  options: uploadOptionsSchema.optional().describe('For this upload alone.'),
});
export type UploadChoice = z.infer<typeof uploadChoiceSchema>;

/** The file beside an upload: JSON. Editors write `$schema` into it. */
export const uploadSidecarSchema = uploadChoiceSchema.extend({ $schema: z.string().optional() });

/** Metadata of an object, without `x-amz-meta-`. */
export const profileMetadataName = 'fyrestream-profile';
export const optionsMetadataName = 'fyrestream-options';

/** A sidecar may have as many bytes. */
export const maxSidecarBytes = 65_536;

/**
 * What the metadata of an upload say.
 * @param metadata by names in lower case, as S3 returns them
 * @throws FyrestreamError `profile-unknown`, `options-invalid`
 */
export function parseMetadataChoice(metadata: Readonly<Record<string, string>>): UploadChoice {
  const { [profileMetadataName]: profile, [optionsMetadataName]: options } = metadata;
  const where = 'The metadata of the upload are not valid';
  return parseChoice(
    uploadChoiceSchema,
    {
      ...(profile !== undefined && { profile }),
      ...(options !== undefined && { options: parseJson(options, `${where}: ${optionsMetadataName}`) }),
    },
    where,
  );
}

/**
 * What the sidecar of an upload says.
 * @throws FyrestreamError `profile-unknown`, `options-invalid`
 */
export function parseSidecarChoice(bytes: Uint8Array): UploadChoice {
  const where = 'The sidecar of the upload is not valid';
  if (bytes.length > maxSidecarBytes)
    throw invalidOptions(`${where}: it has more than ${maxSidecarBytes} bytes.`);
  const { $schema: _, ...choice } = parseChoice(uploadSidecarSchema, parseJson(textOf(bytes), where), where);
  return choice;
}

function parseChoice<Choice>(schema: z.ZodType<Choice>, value: unknown, where: string): Choice {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const message = `${where}: ${describeIssues(parsed.error, '').join('; ')}.`;
  const isName = parsed.error.issues.every(({ path: [field] }) => field === 'profile');
  throw isName
    ? new FyrestreamError({ code: 'profile-unknown', message, retryable: false })
    : invalidOptions(message);
}

/** UTF-8 with or without a byte order mark; anything else is no JSON. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidOptions(`${where} is no JSON.`, cause);
  }
}

function invalidOptions(message: string, cause?: unknown): FyrestreamError {
  return new FyrestreamError({ code: 'options-invalid', message, retryable: false, cause });
}
