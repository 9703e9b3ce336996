import { isBucketName } from '../core/names.ts';
import { S3Error } from '../s3-error.ts';
import { readXml } from '../xml/read-xml.ts';
import type { BucketHandler, ServiceHandler } from './handler.ts';
import { xmlResponse } from './xml-response.ts';

export const listBuckets: ServiceHandler = async ({ storage }) => {
  const buckets = [...storage.buckets.values()].map(({ configuration }) => ({
    Name: configuration.name,
    CreationDate: new Date(configuration.createdMillis).toISOString(),
  }));
  return xmlResponse('ListAllMyBucketsResult', { Owner: { ID: 'local' }, Buckets: { Bucket: buckets } });
};

export const createBucket: ServiceHandler = async ({ storage, region }, request) => {
  const { bucket } = request;
  if (!isBucketName(bucket)) {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.', {
      details: { BucketName: bucket },
    });
  }
  const document = await request.readDocument();
  if (document !== '') requireRegion(document, region);
  await storage.lock.run(bucket, async () => {
    if (storage.buckets.has(bucket)) {
      throw new S3Error(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        { details: { BucketName: bucket } },
      );
    }
    await storage.createBucket(bucket);
  });
  return { status: 200, headers: { location: `/${bucket}` } };
};

export const headBucket: BucketHandler = async ({ region }) => ({
  status: 200,
  headers: { 'x-amz-bucket-region': region, 'content-type': 'application/xml' },
});

export const deleteBucket: BucketHandler = async ({ storage }, _request, bucket) => {
  if (bucket.index.keys.length > 0) {
    throw new S3Error(
      'BucketNotEmpty',
      'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
      { details: { BucketName: bucket.configuration.name } },
    );
  }
  await storage.deleteBucket(bucket);
  return { status: 204 };
};

export const getBucketLocation: BucketHandler = async ({ region }) =>
  xmlResponse('LocationConstraint', region === 'us-east-1' ? '' : region);

function requireRegion(document: string, region: string) {
  const wanted = readXml(document, 'CreateBucketConfiguration').text('LocationConstraint') ?? 'us-east-1';
  if (wanted === region) return;
  throw new S3Error('InvalidArgument', `This gateway serves the region ${region} only, not ${wanted}.`);
}
