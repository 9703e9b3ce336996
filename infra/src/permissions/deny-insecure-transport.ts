import type { Statement } from './policy-document.ts';

/** Denies all requests over plain HTTP. */
export function denyInsecureTransport(service: 's3' | 'sqs', resources: readonly string[]): Statement {
  return {
    Sid: 'DenyUnencryptedTransport',
    Effect: 'Deny',
    Principal: '*',
    Action: [`${service}:*`],
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
