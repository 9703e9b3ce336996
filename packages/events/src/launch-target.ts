import { z } from 'zod';

/** Where ECS starts the workers of a stack: the same for every launch. */
export const launchTargetSchema = z.strictObject({
  cluster: z.string().min(1),
  /** Family and revision. */
  taskDefinition: z.string().min(1),
  containerName: z.string().min(1),
  /** Empty if tasks have no network of their own, as in the local cloud. */
  subnets: z.array(z.string()),
  securityGroups: z.array(z.string()),
  /** Present where tasks run in public subnets. Absent otherwise, so that workers of an earlier release can read the record. */
  assignPublicIp: z.literal(true).optional(),
});
export type LaunchTarget = z.infer<typeof launchTargetSchema>;

const commaSeparated = z.string().transform((value) => value.split(',').filter((item) => item !== ''));

/** The environment variables that hold a launch target: the stack sets them, the invoker reads them. */
export const launchTargetEnvironmentSchema = z.object({
  FYRESTREAM_CLUSTER: z.string().min(1),
  FYRESTREAM_TASK_DEFINITION: z.string().min(1),
  FYRESTREAM_CONTAINER_NAME: z.string().min(1),
  FYRESTREAM_SUBNETS: commaSeparated,
  FYRESTREAM_SECURITY_GROUPS: commaSeparated,
  FYRESTREAM_ASSIGN_PUBLIC_IP: z.enum(['true', 'false']).transform((value) => value === 'true'),
});
export type LaunchTargetEnvironment = z.infer<typeof launchTargetEnvironmentSchema>;

export function launchTargetFrom(environment: LaunchTargetEnvironment): LaunchTarget {
  return {
    cluster: environment.FYRESTREAM_CLUSTER,
    taskDefinition: environment.FYRESTREAM_TASK_DEFINITION,
    containerName: environment.FYRESTREAM_CONTAINER_NAME,
    subnets: environment.FYRESTREAM_SUBNETS,
    securityGroups: environment.FYRESTREAM_SECURITY_GROUPS,
    ...(environment.FYRESTREAM_ASSIGN_PUBLIC_IP && { assignPublicIp: true as const }),
  };
}
