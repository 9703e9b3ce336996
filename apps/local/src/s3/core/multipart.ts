import { unquoteETag } from './e-tag.ts';

/** One uploaded part, with the fields that completion needs. */
export interface UploadedPart {
  readonly partNumber: number;
  /** Without quotes: the MD5 of the part. */
  readonly eTag: string;
  readonly sizeBytes: number;
  readonly lastModifiedMillis: number;
  /** Base64, with the algorithm of the upload, or of the part where the upload declares none. */
  readonly checksum?: string;
}

/** A part in the request of CompleteMultipartUpload. */
export interface RequestedPart {
  readonly partNumber: number;
  readonly eTag: string;
  readonly checksum?: string;
}

export type CompletionPlan =
  | { readonly complete: true; readonly parts: readonly UploadedPart[] }
  | {
      readonly complete: false;
      readonly code:
        | 'MalformedXML'
        | 'InvalidPart'
        | 'InvalidPartOrder'
        | 'EntityTooSmall'
        | 'InvalidRequest';
      readonly message: string;
    };

/** Limits: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const multipartLimits = {
  maxPartNumber: 10_000,
  minPartBytes: 5 * 1024 * 1024,
  maxPartBytes: 5 * 1024 ** 3,
} as const;

/**
 * Checks that the listed parts form an object: part numbers ascend, each part was uploaded with that ETag, and all except
 * the last have at least 5 MiB. `needsChecksums` is true where the upload declared a composite checksum.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export function planCompletion(
  uploaded: ReadonlyMap<number, UploadedPart>,
  requested: readonly RequestedPart[],
  needsChecksums = false,
): CompletionPlan {
  if (requested.length === 0 || requested.length > multipartLimits.maxPartNumber) {
    return refuse('MalformedXML', 'The XML you provided was not well-formed or did not validate.');
  }
  const parts: UploadedPart[] = [];
  for (const [index, request] of requested.entries()) {
    const { partNumber } = request;
    if (partNumber <= (requested[index - 1]?.partNumber ?? 0)) {
      return refuse('InvalidPartOrder', 'The list of parts was not in ascending order by part number.');
    }
    if (needsChecksums && request.checksum === undefined) {
      return refuse('InvalidRequest', `The checksum was missing for part ${partNumber} of the upload.`);
    }
    const part = uploaded.get(partNumber);
    if (part === undefined || !isSamePart(part, request)) {
      return refuse('InvalidPart', `Part ${partNumber} was not uploaded, or its ETag or checksum differs.`);
    }
    parts.push(part);
  }
  if (parts.slice(0, -1).some((part) => part.sizeBytes < multipartLimits.minPartBytes)) {
    return refuse('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return { complete: true, parts };
}

function isSamePart(part: UploadedPart, request: RequestedPart): boolean {
  const sameChecksum = request.checksum === undefined || request.checksum === part.checksum;
  return part.eTag === unquoteETag(request.eTag) && sameChecksum;
}

function refuse(code: Extract<CompletionPlan, { complete: false }>['code'], message: string): CompletionPlan {
  return { complete: false, code, message };
}
