/** The HTTP headers that S3 stores with an object and sends to viewers. */
export interface ObjectHeaders {
  readonly contentType: string;
  readonly cacheControl: string;
  /**
   * Metadata by name, without `x-amz-meta-`: ASCII, of together at most 2 KB.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
   */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The fields of a request that writes an object. */
export function headersOf({ contentType, cacheControl, metadata }: ObjectHeaders) {
  return {
    ContentType: contentType,
    CacheControl: cacheControl,
    ...(metadata && { Metadata: { ...metadata } }),
  };
}
