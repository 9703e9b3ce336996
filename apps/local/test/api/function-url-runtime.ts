// `node function-url-runtime.ts BUNDLE`: the part of Lambda's runtime that streams an answer. It gets one request by IPC and sends the answer.
// https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
import { PassThrough, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

interface Metadata {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}
type StreamHandler = (event: object, stream: Writable, context: object) => Promise<void>;

let metadata: Metadata = { statusCode: 0, headers: {} };
Object.assign(globalThis, {
  awslambda: {
    streamifyResponse: (handler: StreamHandler) => handler,
    HttpResponseStream: {
      from: (stream: Writable, given: Metadata) => {
        metadata = given;
        return stream;
      },
    },
  },
});

process.once('message', async (request: { method: string; path: string; query?: string; body?: string }) => {
  const { method, path, query = '', body } = request;
  const { handler } = (await import(pathToFileURL(process.argv[2] ?? '').href)) as { handler: StreamHandler };
  // Payload format 2.0: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
  const domainName = 'abc.lambda-url.us-east-1.on.aws';
  const event = {
    version: '2.0',
    rawPath: path,
    rawQueryString: query,
    headers: { host: domainName, ...(body !== undefined && { 'content-type': 'application/json' }) },
    requestContext: { domainName, http: { method, path, protocol: 'HTTP/1.1' } },
    ...(body !== undefined && { body: Buffer.from(body).toString('base64') }),
    isBase64Encoded: body !== undefined,
  };
  const stream = new PassThrough();
  const answer = text(stream);
  await handler(event, stream, {});
  process.send?.({ ...metadata, body: await answer });
});
