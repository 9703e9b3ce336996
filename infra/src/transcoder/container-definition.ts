import { scratchDirectory } from '../environment/worker-environment.ts';

export interface ContainerFacts {
  readonly name: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly region: string;
}

/** The user that the image makes and gives the scratch volume to. */
const workerUser = '10001:10001';

/** Fargate's most: the time in which a worker that is told to stop gives its claims back. */
const stopTimeoutSeconds = 120;

/**
 * The one container of a transcoder task. CPU and memory are left to the task: limits of the container's own would keep a
 * launch's overrides from taking effect.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
export function containerDefinition({ name, image, environment, logGroup, region }: ContainerFacts) {
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
