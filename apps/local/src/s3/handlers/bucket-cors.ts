import type { CrossOriginRule } from '../core/cross-origin-rule.ts';
import { S3Error } from '../s3-error.ts';
import { malformedXmlError, readXml, type XmlElement } from '../xml/read-xml.ts';
import type { BucketHandler } from './handler.ts';
import { xmlResponse } from './xml-response.ts';

const methods = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE'];

export const putBucketCors: BucketHandler = async ({ storage }, request, bucket) => {
  const document = readXml(await request.readDocument(), 'CORSConfiguration');
  const crossOriginRules = document.children('CORSRule').map(readRule);
  if (crossOriginRules.length === 0 || crossOriginRules.length > 100) throw malformedXmlError();
  await storage.configureBucket(bucket, { crossOriginRules });
  return { status: 200 };
};

export const getBucketCors: BucketHandler = async (_context, _request, bucket) => {
  const { crossOriginRules, name } = bucket.configuration;
  if (crossOriginRules.length === 0) {
    throw new S3Error('NoSuchCORSConfiguration', 'The CORS configuration does not exist', {
      details: { BucketName: name },
    });
  }
  return xmlResponse('CORSConfiguration', {
    CORSRule: crossOriginRules.map((rule) => ({
      ID: rule.id,
      AllowedOrigin: rule.allowedOrigins,
      AllowedMethod: rule.allowedMethods,
      AllowedHeader: rule.allowedHeaders,
      ExposeHeader: rule.exposeHeaders,
      MaxAgeSeconds: rule.maxAgeSeconds,
    })),
  });
};

export const deleteBucketCors: BucketHandler = async ({ storage }, _request, bucket) => {
  await storage.configureBucket(bucket, { crossOriginRules: [] });
  return { status: 204 };
};

function readRule(element: XmlElement): CrossOriginRule {
  const id = element.text('ID');
  const maxAge = element.text('MaxAgeSeconds');
  const rule: CrossOriginRule = {
    ...(id === undefined ? {} : { id }),
    allowedOrigins: element.texts('AllowedOrigin'),
    allowedMethods: element.texts('AllowedMethod'),
    allowedHeaders: element.texts('AllowedHeader'),
    exposeHeaders: element.texts('ExposeHeader'),
    ...(maxAge === undefined ? {} : { maxAgeSeconds: Number(maxAge) }),
  };
  if (rule.allowedOrigins.length === 0 || rule.allowedMethods.length === 0) throw malformedXmlError();
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge)) throw malformedXmlError();
  const unknown = rule.allowedMethods.find((method) => !methods.includes(method));
  if (unknown !== undefined) {
    throw new S3Error('InvalidRequest', `Found unsupported HTTP method in CORS config: ${unknown}`);
  }
  if ([...rule.allowedOrigins, ...rule.allowedHeaders].some((pattern) => pattern.split('*').length > 2)) {
    throw new S3Error('InvalidRequest', 'A CORS pattern can not have more than one wildcard.');
  }
  return rule;
}
