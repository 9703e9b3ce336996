import type { Statement } from './policy-document.ts';

/** Nobody reaches a resource over a connection that others can read. */
export function onlyEncrypted(service: 's3' | 'sqs', resources: readonly string[]): Statement {
  return {
    Sid: 'OnlyEncrypted',
    Effect: 'Deny',
    Principal: '*',
    Action: [`${service}:*`],
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
