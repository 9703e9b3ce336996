import { uploadPrefix } from '@fyrestream/events';
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { sourceBucketPolicy } from '../permissions/buckets.ts';
import type { Queues } from '../queues/queues.ts';
import type { StackContext } from '../stack-context.ts';
import { PrivateBucket } from './private-bucket.ts';

/** Where uploads arrive: below `videos/`, every version kept for a while, each announced to the upload queue. */
export class SourceBucket extends pulumi.ComponentResource {
  constructor(context: StackContext, queues: Queues, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:SourceBucket', 'source', {}, options);
    const { names, arns, settings } = context;
    const { archiveSourcesAfterDays, oldSourceDays, uploadOrigins } = settings;
    const { bucket } = new PrivateBucket(
      'fyrestream-videos',
      context,
      {
        name: names.sourceBucket,
        policy: sourceBucketPolicy(arns),
        versioned: true,
        lifecycleRules: [
          {
            id: 'forget-old-versions',
            status: 'Enabled',
            filter: { prefix: '' },
            noncurrentVersionExpiration: { noncurrentDays: oldSourceDays },
            expiration: { expiredObjectDeleteMarker: true },
          },
          ...(archiveSourcesAfterDays === undefined
            ? []
            : [
                {
                  id: 'archive-sources',
                  status: 'Enabled',
                  filter: { prefix: uploadPrefix },
                  // The one archive class that is read without restoring first, so that a retry still works.
                  transitions: [{ days: archiveSourcesAfterDays, storageClass: 'GLACIER_IR' }],
                },
              ]),
        ],
      },
      { parent: this },
    );
    if (uploadOrigins.length > 0) {
      new aws.s3.BucketCorsConfiguration(
        'fyrestream-videos',
        {
          bucket: bucket.bucket,
          corsRules: [
            {
              allowedOrigins: uploadOrigins,
              allowedMethods: ['PUT', 'POST'],
              allowedHeaders: ['*'],
              // A multipart upload by presigned URLs is completed with the ETags of its parts.
              exposeHeaders: ['ETag'],
              maxAgeSeconds: 3600,
            },
          ],
        },
        { parent: this },
      );
    }
    // One for the whole bucket: a second would replace it. S3 tries the queue when it is set, so the policy comes first.
    new aws.s3.BucketNotification(
      'fyrestream-videos',
      {
        bucket: bucket.bucket,
        queues: [
          {
            id: 'uploads',
            queueArn: queues.uploads.queue.arn,
            events: ['s3:ObjectCreated:*'],
            filterPrefix: uploadPrefix,
          },
        ],
      },
      { parent: this, dependsOn: [queues.uploads.policy] },
    );
    this.registerOutputs({ name: bucket.bucket });
  }
}
