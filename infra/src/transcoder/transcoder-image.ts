import * as awsx from '@pulumi/awsx';
import * as pulumi from '@pulumi/pulumi';
import type { StackContext } from '../stack-context.ts';

/** Waiting launches can refer to older images by digest, so the last ten are kept. */
const keptImages = 10;

/** The worker's image and its ECR repository. */
export class TranscoderImage extends pulumi.ComponentResource {
  readonly uri: pulumi.Output<string>;

  constructor({ names, settings, provider }: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:TranscoderImage', 'transcoder-image', {}, options);
    const repository = new awsx.ecr.Repository(
      'fyrestream-transcoder',
      {
        name: names.transcoder,
        imageScanningConfiguration: { scanOnPush: true },
        // The next `pulumi up` builds the image again.
        forceDelete: true,
        lifecyclePolicy: { rules: [{ tagStatus: 'any', maximumNumberOfImages: keptImages }] },
      },
      { parent: this, providers: [provider] },
    );
    const image = new awsx.ecr.Image(
      'fyrestream-transcoder',
      {
        repositoryUrl: repository.url,
        // The resource name contains a hash of these paths; relative paths are the same on every machine.
        imageName: 'fyrestream-transcoder',
        context: '..',
        dockerfile: '../apps/worker/Dockerfile',
        args: {
          DEBIAN_IMAGE: settings.image.debian,
          NODE_IMAGE: settings.image.node,
          ...(settings.image.updated && { UPDATED: settings.image.updated }),
        },
        platform: settings.architecture === 'arm64' ? 'linux/arm64' : 'linux/amd64',
      },
      { parent: this, providers: [provider] },
    );
    this.uri = image.imageUri;
    this.registerOutputs({ uri: this.uri });
  }
}
