import { createHash } from 'node:crypto';
import { fargateSizes, fargateStorageGiB } from '@fyrestream/events';
import { arn } from '../arn.ts';
import { AwsError } from '../control-plane/aws-error.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import type { Topology } from '../topology.ts';

/** The parameters of a RunTask call that the local cloud uses. */
export interface RunTaskRequest {
  readonly clientToken: string | null;
  /** Equal for equal requests, independent of the order of their fields. */
  readonly fingerprint: string;
  readonly startedBy: string | null;
  readonly group: string | null;
  readonly capacityProvider: string | null;
  readonly overrides: JsonObject;
  readonly tags: readonly unknown[];
  readonly cpu: string;
  readonly memory: string;
  readonly ephemeralStorageGiB: number;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html */
const maxOverridesCharacters = 8192;

/**
 * Validates a RunTask call as ECS does.
 * @throws AwsError `ClusterNotFoundException`, `ClientException`, `InvalidParameterException`
 */
export function readRunTaskRequest(input: JsonObject, topology: Topology): RunTaskRequest {
  requireCluster(input.cluster, topology.cluster);
  requireTaskDefinition(input.taskDefinition, topology);
  if ((input.count ?? 1) !== 1) throw invalid('The local cloud starts one task per call: count must be 1.');
  const overrides = isJsonObject(input.overrides) ? input.overrides : {};
  const { clientToken: _token, ...rest } = input;
  const definition = topology.taskDefinition;
  const size = {
    cpu: String(overrides.cpu ?? definition.cpuUnits),
    memory: String(overrides.memory ?? definition.memoryMiB),
  };
  requireFargateSize(Number(size.cpu), Number(size.memory));
  requireContainerOverrides(overrides, definition.containerName);
  return {
    clientToken: optionalText(input, 'clientToken', 64),
    fingerprint: createHash('sha256').update(canonicalJson(rest)).digest('hex'),
    startedBy: optionalText(input, 'startedBy', 128),
    group: optionalText(input, 'group', 255),
    capacityProvider: readCapacityProvider(input),
    overrides,
    tags: Array.isArray(input.tags) ? input.tags : [],
    ...size,
    ephemeralStorageGiB: readEphemeralStorage(overrides),
  };
}

/** @throws AwsError `ClusterNotFoundException` */
export function requireCluster(given: unknown, cluster: string): void {
  if (given === cluster || given === arn.cluster(cluster)) return;
  throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
}

function requireTaskDefinition(given: unknown, { taskDefinition: { family, revision } }: Topology): void {
  const names = [family, `${family}:${revision}`, arn.taskDefinition(family, revision)];
  if (typeof given === 'string' && names.includes(given)) return;
  throw new AwsError('ClientException', 'TaskDefinition not found.');
}

function requireFargateSize(cpuUnits: number, memoryMiB: number): void {
  const size = fargateSizes.find((candidate) => candidate.cpuUnits === cpuUnits);
  if (size?.memoryGiB.includes(memoryMiB / 1024)) return;
  throw new AwsError('ClientException', 'No Fargate configuration exists for given values.');
}

function requireContainerOverrides(overrides: JsonObject, containerName: string): void {
  if (JSON.stringify(overrides).length > maxOverridesCharacters) {
    throw invalid(`Container Overrides length must be at most ${maxOverridesCharacters}`);
  }
  const given = overrides.containerOverrides ?? [];
  if (!Array.isArray(given)) throw invalid('containerOverrides must be a list.');
  for (const one of given as unknown[]) {
    const name = isJsonObject(one) ? one.name : undefined;
    if (name === containerName) continue;
    throw invalid(`Override for container named ${String(name)} is not a container in the TaskDefinition.`);
  }
}

function readCapacityProvider(input: JsonObject): string | null {
  const strategy = input.capacityProviderStrategy;
  if (strategy === undefined) return null;
  if (input.launchType !== undefined) {
    throw invalid('Specifying both a launch type and capacity provider strategy is not supported.');
  }
  const first = Array.isArray(strategy) ? (strategy[0] as unknown) : undefined;
  const provider = isJsonObject(first) ? first.capacityProvider : undefined;
  if (provider === 'FARGATE' || provider === 'FARGATE_SPOT') return provider;
  throw invalid('The specified capacity provider was not found.');
}

function readEphemeralStorage(overrides: JsonObject): number {
  const storage = overrides.ephemeralStorage;
  if (!isJsonObject(storage)) return 20;
  const size = storage.sizeInGiB;
  const { min, max } = fargateStorageGiB;
  if (typeof size === 'number' && size >= min && size <= max) return size;
  throw invalid(`Ephemeral storage size must be between ${min} and ${max} GiB.`);
}

function optionalText(input: JsonObject, name: string, max: number): string | null {
  const value = input[name];
  if (value === undefined) return null;
  if (typeof value === 'string' && value.length > 0 && value.length <= max) return value;
  throw invalid(`${name} must have 1 to ${max} characters.`);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    isJsonObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
