export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | null;
}

/** The source of a copy, as S3 wants it in `x-amz-copy-source`. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export function copySourceOf({ bucket, key, versionId }: ObjectAddress): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return `${bucket}/${path}${versionId ? `?versionId=${encodeURIComponent(versionId)}` : ''}`;
}
