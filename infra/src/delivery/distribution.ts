import { outputPrefix } from '@fyrestream/events';
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { StackContext } from '../stack-context.ts';

/**
 * Ids of policies that AWS manages.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const managed = {
  /** Caches according to `Cache-Control`: a year for segments, seconds for stable files. */
  cachingOptimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  corsS3Origin: '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf',
  simpleCors: '60669652-455b-4ae9-85a4-c4c02393f86c',
};

/** A file that is not published yet may exist seconds later. */
const errorCachingSeconds = 5;

/**
 * CloudFront distribution for `outputs/` and `versions/`; it cannot read other prefixes of the bucket. Signed cookies would need a custom
 * domain and `trustedKeyGroups`.
 */
export class Distribution extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;

  constructor({ names }: StackContext, bucket: aws.s3.Bucket, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Distribution', 'delivery', {}, options);
    const access = new aws.cloudfront.OriginAccessControl(
      names.resource('outputs'),
      {
        name: names.resource('outputs'),
        originAccessControlOriginType: 's3',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
      { parent: this },
    );
    const behaviour = {
      targetOriginId: 'outputs',
      viewerProtocolPolicy: 'redirect-to-https',
      allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      cachedMethods: ['GET', 'HEAD'],
      // For playlists and captions; segments are compressed already.
      compress: true,
      cachePolicyId: managed.cachingOptimized,
      originRequestPolicyId: managed.corsS3Origin,
      responseHeadersPolicyId: managed.simpleCors,
    };
    const distribution = new aws.cloudfront.Distribution(
      names.resource('outputs'),
      {
        enabled: true,
        comment: names.resource('outputs'),
        httpVersion: 'http2and3',
        isIpv6Enabled: true,
        origins: [
          {
            originId: 'outputs',
            // Also the order of creation: CloudFront checks that the bucket exists.
            domainName: bucket.bucketRegionalDomainName,
            originAccessControlId: access.id,
          },
        ],
        defaultCacheBehavior: behaviour,
        customErrorResponses: [403, 404].map((errorCode) => ({
          errorCode,
          errorCachingMinTtl: errorCachingSeconds,
        })),
        restrictions: { geoRestriction: { restrictionType: 'none' } },
        viewerCertificate: { cloudfrontDefaultCertificate: true },
      },
      { parent: this },
    );
    this.arn = distribution.arn;
    this.url = pulumi.interpolate`https://${distribution.domainName}/${outputPrefix}`;
    this.registerOutputs({ url: this.url });
  }
}
