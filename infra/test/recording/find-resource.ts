import type { RecordedResource, Recording } from './recorded-resource.ts';

/** A recording does not hold exactly the one resource that was asked for. */
class NotOneResource extends Error {}

/** The one resource of a type, and of a name where there are more. @throws NotOneResource */
export function findResource({ resources }: Recording, type: string, name?: string): RecordedResource {
  const found = resources.filter(
    (resource) => resource.type === type && (name === undefined || resource.name === name),
  );
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    throw new NotOneResource(`${found.length} resources are ${type} ${name ?? ''}`);
  }
  return resource;
}

export function findResources({ resources }: Recording, type: string): RecordedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** The inputs of a resource that are JSON in a text, parsed. */
export function parseInput(resource: RecordedResource, input: string): unknown {
  return JSON.parse(String(resource.inputs[input]));
}
