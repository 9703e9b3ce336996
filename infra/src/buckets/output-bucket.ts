import { workPrefix } from '@fyrestream/events';
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Distribution } from '../delivery/distribution.ts';
import { outputBucketPolicy } from '../permissions/buckets.ts';
import type { StackContext } from '../stack-context.ts';
import { PrivateBucket } from './private-bucket.ts';

/** The bucket that workers write to: intermediate files below `work/`, keys of encrypted versions below `keys/`, published files below `versions/` and `outputs/`. */
export class OutputBucket extends pulumi.ComponentResource {
  /** Base URL of published outputs; null without delivery. */
  readonly deliveryUrl: pulumi.Output<string> | null;

  constructor(context: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:OutputBucket', 'output', {}, options);
    const { names, arns, settings } = context;
    const output = new PrivateBucket(
      'fyrestream-transcoded',
      context,
      {
        name: names.outputBucket,
        versioned: false,
        lifecycleRules: [
          {
            id: 'forget-work',
            status: 'Enabled',
            filter: { prefix: workPrefix },
            expiration: { days: settings.workDays },
          },
        ],
      },
      { parent: this },
    );
    const { bucket } = output;
    const distribution =
      settings.delivery.mode === 'public' ? new Distribution(context, bucket, { parent: this }) : null;
    this.deliveryUrl = distribution?.url ?? null;
    output.setPolicy(
      distribution
        ? distribution.arn.apply((arn) => outputBucketPolicy(arns, arn))
        : outputBucketPolicy(arns),
    );
    // Web players of any origin may read outputs. Without delivery the bucket is not reachable at all.
    new aws.s3.BucketCorsConfiguration(
      'fyrestream-transcoded',
      {
        bucket: bucket.bucket,
        corsRules: [{ allowedOrigins: ['*'], allowedMethods: ['GET', 'HEAD'], maxAgeSeconds: 3600 }],
      },
      { parent: this },
    );
    this.registerOutputs({ name: bucket.bucket, deliveryUrl: this.deliveryUrl });
  }
}
