import { FyrestreamError } from '../fyrestream-error.ts';
import { optionsMetadataName, profileMetadataName, type UploadChoice } from './upload-choice.ts';

/** Of names and values together. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const maxMetadataBytes = 2_048;

/**
 * The metadata of an object that say how it is made, by names without `x-amz-meta-`; empty where it says nothing. Headers of HTTP take
 * ASCII only, so other characters are escaped as JSON allows.
 * @throws FyrestreamError `options-too-long`
 */
export function metadataOfChoice({ profile, options = {} }: UploadChoice): Record<string, string> {
  const metadata = {
    ...(profile !== undefined && { [profileMetadataName]: profile }),
    ...(Object.keys(options).length > 0 && { [optionsMetadataName]: toAscii(JSON.stringify(options)) }),
  };
  const bytes = Object.entries(metadata).flat().join('').length;
  if (bytes <= maxMetadataBytes) return metadata;
  throw new FyrestreamError({
    code: 'options-too-long',
    message: `The options take ${bytes} bytes as metadata of the object, and S3 allows ${maxMetadataBytes}: shorten them, or store them beside the upload as <name>.fyrestream.json before it.`,
    retryable: false,
  });
}

function toAscii(json: string): string {
  return json.replaceAll(
    /[^\u0020-\u007e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
