import * as awsx from '@pulumi/awsx';
import * as pulumi from '@pulumi/pulumi';
import type { StackContext } from '../stack-context.ts';

/** Deployments name images by digest; as many are kept as may still be named by a launch that waits. */
const keptImages = 10;

/** The worker's image, built from the bundle and pushed to a repository of its own. */
export class TranscoderImage extends pulumi.ComponentResource {
  readonly uri: pulumi.Output<string>;

  constructor({ names, settings, provider }: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:TranscoderImage', 'transcoder-image', {}, options);
    const repository = new awsx.ecr.Repository(
      'fyrestream-transcoder',
      {
        name: names.transcoder,
        imageScanningConfiguration: { scanOnPush: true },
        // Made again by the next `pulumi up`.
        forceDelete: true,
        lifecyclePolicy: { rules: [{ tagStatus: 'any', maximumNumberOfImages: keptImages }] },
      },
      { parent: this, providers: [provider] },
    );
    const image = new awsx.ecr.Image(
      'fyrestream-transcoder',
      {
        repositoryUrl: repository.url,
        // Its resource is named by a hash of these paths: relative ones are the same on every machine.
        imageName: 'fyrestream-transcoder',
        context: '..',
        dockerfile: '../apps/worker/Dockerfile',
        platform: settings.architecture === 'arm64' ? 'linux/arm64' : 'linux/amd64',
      },
      { parent: this, providers: [provider] },
    );
    this.uri = image.imageUri;
    this.registerOutputs({ uri: this.uri });
  }
}
