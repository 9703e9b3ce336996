import { region } from '../arn.ts';
import type { MessageAttribute, ReceivedMessage } from '../sqs/queue-client.ts';

/** The event with which Lambda invokes a function for a batch of SQS messages. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function createSqsEvent(messages: readonly ReceivedMessage[], queueArn: string): object {
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: { ...message.Attributes },
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
          name,
          toLambdaAttribute(value),
        ]),
      ),
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    })),
  };
}

function toLambdaAttribute(attribute: MessageAttribute): object {
  return {
    ...(attribute.StringValue !== undefined && { stringValue: attribute.StringValue }),
    ...(attribute.BinaryValue !== undefined && { binaryValue: attribute.BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: attribute.DataType,
  };
}
