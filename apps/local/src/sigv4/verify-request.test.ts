import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createSignatureCalculator } from './calculate-signature.ts';
import { createChunkVerifier } from './chunk-verifier.ts';
import type { SigningSecret } from './principal.ts';
import { type SignedRequest, verifyRequest } from './verify-request.ts';

// The worked examples of AWS: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const principal = { arn: 'arn:aws:iam::123456789012:user/example', principalId: 'AIDAEXAMPLE' };
const scope = '20130524/us-east-1/s3/aws4_request';
const nowMillis = Date.parse('2013-05-24T00:00:00Z');
const emptyHash = createHash('sha256').digest('hex');

function lookupSecret(accessKeyId: string): SigningSecret | undefined {
  return accessKeyId === 'AKIAIOSFODNN7EXAMPLE' ? { secretAccessKey, principal } : undefined;
}

function authorization(signedHeaders: string, signature: string, key = 'AKIAIOSFODNN7EXAMPLE') {
  return `AWS4-HMAC-SHA256 Credential=${key}/${scope},SignedHeaders=${signedHeaders},Signature=${signature}`;
}

function request(changes: Partial<SignedRequest> & { headers?: IncomingHttpHeaders } = {}): SignedRequest {
  return {
    method: 'GET',
    url: '/test.txt',
    nowMillis,
    ...changes,
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': emptyHash,
      'x-amz-date': '20130524T000000Z',
      authorization: authorization(
        'host;range;x-amz-content-sha256;x-amz-date',
        'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      ),
      ...changes.headers,
    },
  };
}

async function reasonOf(changed: SignedRequest) {
  const verification = await verifyRequest(changed, lookupSecret);
  return verification.verified ? 'verified' : verification.refusal.reason;
}

const presignedUrl = `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`;

function presigned(changes: Partial<SignedRequest> = {}): SignedRequest {
  const headers = { host: 'examplebucket.s3.amazonaws.com' };
  return { method: 'GET', url: presignedUrl, nowMillis, headers, ...changes };
}

describe('verifyRequest', () => {
  it('accepts the GET example of AWS and returns the principal', async () => {
    const verification = await verifyRequest(request(), lookupSecret);
    expect(verification).toMatchObject({
      verified: true,
      principal,
      presigned: false,
      payloadHash: emptyHash,
    });
  });

  it('accepts the PUT example, whose path has a character that S3 encodes', async () => {
    const headers = {
      range: undefined,
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      authorization: authorization(
        'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
        '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
      ),
    };
    expect(await reasonOf(request({ method: 'PUT', url: '/test$file.text', headers }))).toBe('verified');
    expect(await reasonOf(request({ method: 'PUT', url: '/test%24file.text', headers }))).toBe('verified');
  });

  it('accepts the presigned example until it expires', async () => {
    expect(await reasonOf(presigned())).toBe('verified');
    expect(await reasonOf(presigned({ nowMillis: nowMillis + 86_400_000 }))).toBe('verified');
    expect(await reasonOf(presigned({ nowMillis: nowMillis + 86_400_001 }))).toBe('expired');
    expect(await reasonOf(presigned({ nowMillis: nowMillis - 15 * 60_000 - 1 }))).toBe('not-yet-valid');
  });

  it.each([
    ['another method', presigned({ method: 'PUT' })],
    ['another path', presigned({ url: presignedUrl.replace('test.txt', 'other.txt') })],
    ['one more parameter', presigned({ url: `${presignedUrl}&versionId=1` })],
    ['another header', request({ headers: { range: 'bytes=0-10' } })],
    ['another body hash', request({ headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } })],
  ])('refuses a signature over %s', async (_name, changed) => {
    expect(await reasonOf(changed)).toBe('signature-mismatch');
  });

  it.each([
    ['unsigned', request({ headers: { authorization: undefined } })],
    ['malformed', request({ headers: { authorization: 'AWS AKIA:signature' } })],
    ['malformed', request({ headers: { 'x-amz-date': '20130525T000000Z' } })],
    ['malformed', presigned({ url: presignedUrl.replace('86400', '604801') })],
    ['malformed', presigned({ url: `${presignedUrl}&broken=%ff` })],
    [
      'unknown-access-key',
      request({ headers: { authorization: authorization('host', '0'.repeat(64), 'AKIA') } }),
    ],
    ['token-mismatch', presigned({ url: `${presignedUrl}&X-Amz-Security-Token=mine` })],
    ['clock-skewed', request({ nowMillis: nowMillis + 15 * 60_000 + 1 })],
    ['header-not-signed', request({ headers: { 'x-amz-meta-added': 'later' } })],
    ['body-mismatch', request({ bodySha256: '1'.repeat(64) })],
    [
      'body-mismatch',
      request({ bodySha256: emptyHash, headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }),
    ],
  ])('fails with the reason %s', async (reason, changed) => {
    expect(await reasonOf(changed)).toBe(reason);
  });
});

describe('createChunkVerifier', () => {
  const amzDate = '20130524T000000Z';
  const claim = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', scope, amzDate, signedHeaders: [] };
  const sign = createSignatureCalculator(claim, secretAccessKey).ofText;
  const hashOf = (length: number) => createHash('sha256').update('a'.repeat(length)).digest('hex');

  it('accepts the chunks of the example of AWS', async () => {
    const seedSignature = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9';
    const verifier = createChunkVerifier({ sign, seedSignature, amzDate, scope });
    const signatures = [
      [65_536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'],
      [1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'],
      [0, 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'],
    ] as const;
    for (const [length, signature] of signatures) {
      expect(await verifier.verifyChunk(hashOf(length), signature)).toBe(true);
    }
  });

  it('accepts signed trailers', async () => {
    const seedSignature = '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e';
    const verifier = createChunkVerifier({ sign, seedSignature, amzDate, scope });
    const signatures = [
      [65_536, 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2'],
      [1024, '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7'],
      [0, '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992'],
    ] as const;
    for (const [length, signature] of signatures) {
      expect(await verifier.verifyChunk(hashOf(length), signature)).toBe(true);
    }
    const trailers = 'x-amz-checksum-crc32c:sOO8/Q==\n';
    const signature = 'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435';
    expect(await verifier.verifyTrailers(trailers, signature)).toBe(true);
  });

  it('refuses a changed chunk', async () => {
    const seedSignature = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9';
    const verifier = createChunkVerifier({ sign, seedSignature, amzDate, scope });
    const signature = 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648';
    expect(await verifier.verifyChunk(hashOf(65_535), signature)).toBe(false);
  });
});
