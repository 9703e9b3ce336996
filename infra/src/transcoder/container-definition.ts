import { scratchDirectory } from '../environment/worker-environment.ts';

export interface ContainerOptions {
  readonly name: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly region: string;
}

/** User and group that own the scratch volume in the image. */
const workerUser = '10001:10001';

/** The Fargate maximum: time for a stopping worker to release its claims. */
const stopTimeoutSeconds = 120;

/**
 * The container of a transcoder task. CPU and memory are set on the task only: container limits would override those of
 * a launch.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
export function containerDefinition({ name, image, environment, logGroup, region }: ContainerOptions) {
  return {
    name,
    image,
    essential: true,
    user: workerUser,
    readonlyRootFilesystem: true,
    linuxParameters: { capabilities: { drop: ['ALL'] } },
    mountPoints: [{ sourceVolume: 'scratch', containerPath: scratchDirectory, readOnly: false }],
    stopTimeout: stopTimeoutSeconds,
    environment: Object.entries(environment)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => ({ name: key, value })),
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': logGroup, 'awslogs-region': region, 'awslogs-stream-prefix': 'worker' },
    },
  };
}
