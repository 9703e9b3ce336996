import { randomUUID } from 'node:crypto';
import { testEventMessage } from '../core/notification-message.ts';
import { findRuleProblem, type NotificationRule } from '../core/notification-rule.ts';
import { S3Error } from '../s3-error.ts';
import { malformedXmlError, readXml, type XmlElement } from '../xml/read-xml.ts';
import type { BucketHandler } from './handler.ts';
import { xmlResponse } from './xml-response.ts';

/** Replaces the rules after each queue has accepted a test event; if one does not, no rule is changed. */
export const putBucketNotificationConfiguration: BucketHandler = async (context, request, bucket) => {
  const document = readXml(await request.readDocument(), 'NotificationConfiguration');
  const other = document.childNames.find((name) => name !== 'QueueConfiguration');
  if (other !== undefined) {
    throw new S3Error(
      'NotImplemented',
      `Notifications are sent to queues only; ${other} is not implemented.`,
    );
  }
  const rules = document.children('QueueConfiguration').map(readRule);
  const problem = findRuleProblem(rules);
  if (problem !== undefined) throw new S3Error('InvalidArgument', problem);
  if (request.header('x-amz-skip-destination-validation') !== 'true') {
    const body = testEventMessage({
      bucket: bucket.configuration.name,
      nowMillis: context.storage.nowMillis(),
      requestId: request.origin.requestId,
    });
    for (const queueArn of new Set(rules.map((rule) => rule.queueArn))) {
      await context.deliverNotification(queueArn, body).catch((cause: unknown) => {
        throw new S3Error('InvalidArgument', 'Unable to validate the following destination configurations', {
          details: { ArgumentName: queueArn, ArgumentValue: 'The destination queue does not exist' },
          cause,
        });
      });
    }
  }
  await context.storage.configureBucket(bucket, { notificationRules: rules });
  return { status: 200 };
};

export const getBucketNotificationConfiguration: BucketHandler = async (_context, _request, bucket) =>
  xmlResponse('NotificationConfiguration', {
    QueueConfiguration: bucket.configuration.notificationRules.map((rule) => ({
      Id: rule.id,
      Queue: rule.queueArn,
      Event: rule.events,
      Filter: filterOf(rule),
    })),
  });

function readRule(element: XmlElement): NotificationRule {
  const queueArn = element.text('Queue');
  if (queueArn === undefined || !/^arn:[^:]+:sqs:[^:]*:[^:]*:[^:]+$/.test(queueArn)) {
    throw new S3Error('InvalidArgument', `The ARN is not well formed: ${queueArn ?? ''}`);
  }
  let prefix = '';
  let suffix = '';
  for (const rule of element.children('Filter').flatMap(filterRules)) {
    const name = rule.text('Name')?.toLowerCase();
    const value = rule.text('Value') ?? '';
    if (name === 'prefix') prefix = value;
    else if (name === 'suffix') suffix = value;
    else throw malformedXmlError();
  }
  return { id: element.text('Id') ?? randomUUID(), queueArn, events: element.texts('Event'), prefix, suffix };
}

function filterRules(filter: XmlElement): XmlElement[] {
  return filter.children('S3Key').flatMap((key) => key.children('FilterRule'));
}

function filterOf(rule: NotificationRule) {
  const rules = [
    { Name: 'Prefix', Value: rule.prefix },
    { Name: 'Suffix', Value: rule.suffix },
  ].filter(({ Value }) => Value !== '');
  return rules.length === 0 ? undefined : { S3Key: { FilterRule: rules } };
}
