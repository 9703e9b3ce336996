import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** A topic takes messages of named services, sent on behalf of this account. */
export function topicPolicy(
  topicArn: string,
  services: readonly string[],
  accountId: string,
): PolicyDocument {
  return policyDocument(
    ...services.map((service) => ({
      Sid: `Publish${service.replace(/\..*/, '').replace(/^./, (letter) => letter.toUpperCase())}`,
      Effect: 'Allow' as const,
      Principal: { Service: service },
      Action: ['sns:Publish'],
      Resource: [topicArn],
      Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
    })),
  );
}
