import { S3Error } from '../s3-error.ts';
import { malformedXmlError, readXml } from '../xml/read-xml.ts';
import type { BucketHandler } from './handler.ts';
import { xmlResponse } from './xml-response.ts';

export const putBucketVersioning: BucketHandler = async ({ storage }, request, bucket) => {
  const document = readXml(await request.readDocument(), 'VersioningConfiguration');
  if (document.text('MfaDelete') === 'Enabled') {
    throw new S3Error('NotImplemented', 'MFA delete is not implemented.');
  }
  const status = document.text('Status');
  if (status !== 'Enabled' && status !== 'Suspended') throw malformedXmlError();
  await storage.configureBucket(bucket, { versioning: status });
  return { status: 200 };
};

export const getBucketVersioning: BucketHandler = async (_context, _request, bucket) => {
  const { versioning } = bucket.configuration;
  return xmlResponse('VersioningConfiguration', versioning === 'unversioned' ? {} : { Status: versioning });
};
