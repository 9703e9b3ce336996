import { onlyEncrypted } from './only-encrypted.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** SQS itself moves dead letters and needs no permission; an operator has their own. */
export function deadLetterQueuePolicy(queueArn: string): PolicyDocument {
  return policyDocument(onlyEncrypted('sqs', [queueArn]));
}
