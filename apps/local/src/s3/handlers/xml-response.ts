import type { S3Response } from '../http/s3-request.ts';
import { writeXml, type XmlValue } from '../xml/write-xml.ts';

/** A 200 with a document of S3's namespace. */
export function xmlResponse(root: string, value: XmlValue, headers: S3Response['headers'] = {}): S3Response {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: writeXml(root, value),
  };
}
