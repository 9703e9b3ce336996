import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { PolicyDocument } from '../permissions/policy-document.ts';
import type { StackContext } from '../stack-context.ts';

export interface PrivateBucketArgs {
  readonly name: string;
  readonly lifecycleRules: aws.types.input.s3.BucketLifecycleConfigurationRule[];
  readonly versioned: boolean;
}

/** Incomplete multipart uploads are removed after this time. The CLI can resume them until then. */
const incompleteUploadDays = 7;

/** A bucket without public access: encrypted, no ACLs, TLS only. */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  readonly #name: string;
  readonly #options: pulumi.CustomResourceOptions;

  constructor(
    name: string,
    { settings }: StackContext,
    args: PrivateBucketArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('fyrestream:index:PrivateBucket', name, {}, options);
    const keep = settings.keepDataOnDestroy;
    // A bucket that is kept on destroy also keeps its access block, encryption and lifecycle rules.
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
    this.#name = name;
    // S3 answers 409 if the access block and the policy are changed at the same time.
    this.#options = { ...child, dependsOn: [access] };
    this.registerOutputs({ name: bucket });
  }

  /** The policy of a bucket can refer to resources that need the bucket. */
  setPolicy(policy: pulumi.Input<PolicyDocument>): void {
    new aws.s3.BucketPolicy(
      this.#name,
      {
        bucket: this.bucket.bucket,
        policy: pulumi.output(policy).apply((document) => JSON.stringify(document)),
      },
      this.#options,
    );
  }
}
