import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { PolicyDocument } from '../permissions/policy-document.ts';
import type { StackContext } from '../stack-context.ts';

export interface PrivateBucketArgs {
  readonly name: string;
  readonly policy: pulumi.Input<PolicyDocument>;
  readonly lifecycleRules: aws.types.input.s3.BucketLifecycleConfigurationRule[];
  readonly versioned: boolean;
}

/** An upload that nobody completes is forgotten after this time; the CLI takes one up again for as long. */
const incompleteUploadDays = 7;

/** A bucket that nobody sees from outside: encrypted, without ACLs, over TLS only. */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  /** What else of the bucket must stand before it is used. */
  readonly policy: aws.s3.BucketPolicy;

  constructor(
    name: string,
    { settings }: StackContext,
    args: PrivateBucketArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('fyrestream:index:PrivateBucket', name, {}, options);
    const keep = settings.keepDataOnDestroy;
    // What is kept is kept as it is: still hidden, encrypted and with an end.
    const child = { parent: this, retainOnDelete: keep };
    this.bucket = new aws.s3.Bucket(name, { bucket: args.name, forceDestroy: !keep }, child);
    const bucket = this.bucket.bucket;
    const access = new aws.s3.BucketPublicAccessBlock(
      name,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      child,
    );
    new aws.s3.BucketOwnershipControls(
      name,
      { bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } },
      child,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }] },
      child,
    );
    if (args.versioned) {
      new aws.s3.BucketVersioning(name, { bucket, versioningConfiguration: { status: 'Enabled' } }, child);
    }
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            id: 'forget-incomplete-uploads',
            status: 'Enabled',
            filter: { prefix: '' },
            abortIncompleteMultipartUpload: { daysAfterInitiation: incompleteUploadDays },
          },
          ...args.lifecycleRules,
        ],
      },
      child,
    );
    // S3 answers 409 where access and policy of a bucket are changed at once.
    this.policy = new aws.s3.BucketPolicy(
      name,
      { bucket, policy: pulumi.output(args.policy).apply((policy) => JSON.stringify(policy)) },
      { ...child, dependsOn: [access] },
    );
    this.registerOutputs({ name: bucket });
  }
}
