import { uploadPrefix } from '@fyrestream/events';
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { sourceBucketPolicy } from '../permissions/buckets.ts';
import type { Queues } from '../queues/queues.ts';
import type { StackContext } from '../stack-context.ts';
import { PrivateBucket } from './private-bucket.ts';

/** The bucket for uploads, below `videos/`: versioned, with a notification to the upload queue for each new object. */
export class SourceBucket extends pulumi.ComponentResource {
  constructor(context: StackContext, queues: Queues, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:SourceBucket', 'source', {}, options);
    const { names, arns, settings } = context;
    const { archiveSourcesAfterDays, deleteAfterSourceDays, oldSourceDays, uploadOrigins } = settings;
    const source = new PrivateBucket(
      'fyrestream-videos',
      context,
      {
        name: names.sourceBucket,
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
                  // The only archive class that can be read without a restore, so that retries still work.
                  transitions: [{ days: archiveSourcesAfterDays, storageClass: 'GLACIER_IR' }],
                },
              ]),
        ],
      },
      { parent: this },
    );
    const { bucket } = source;
    source.setPolicy(sourceBucketPolicy(arns));
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
              // Browsers need the ETags of the parts to complete a multipart upload with presigned URLs.
              exposeHeaders: ['ETag'],
              maxAgeSeconds: 3600,
            },
          ],
        },
        { parent: this },
      );
    }
    // A bucket has one notification configuration; a second would replace it. S3 tests the queue when it is set, so the
    // queue policy must exist first.
    new aws.s3.BucketNotification(
      'fyrestream-videos',
      {
        bucket: bucket.bucket,
        queues: [
          {
            id: 'uploads',
            queueArn: queues.uploads.queue.arn,
            events: [
              's3:ObjectCreated:*',
              ...(deleteAfterSourceDays === undefined ? [] : ['s3:ObjectRemoved:*']),
            ],
            filterPrefix: uploadPrefix,
          },
        ],
      },
      { parent: this, dependsOn: [queues.uploads.policy] },
    );
    this.registerOutputs({ name: bucket.bucket });
  }
}
