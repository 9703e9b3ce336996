import type { RecordedResource, Recording } from './recorded-resource.ts';

/** A recording has no such resource, or several. */
class ResourceNotUnique extends Error {}

/** The only resource of a type, or of a type and name. @throws ResourceNotUnique */
export function findResource({ resources }: Recording, type: string, name?: string): RecordedResource {
  const found = resources.filter(
    (resource) => resource.type === type && (name === undefined || resource.name === name),
  );
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    throw new ResourceNotUnique(`Expected one resource ${type} ${name ?? ''}, found ${found.length}`);
  }
  return resource;
}

export function findResources({ resources }: Recording, type: string): RecordedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** Parses an input that is a JSON string. */
export function parseInput(resource: RecordedResource, input: string): unknown {
  return JSON.parse(String(resource.inputs[input]));
}
