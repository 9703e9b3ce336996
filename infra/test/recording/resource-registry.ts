import type { RegisterResourceRequest } from '@pulumi/pulumi/proto/resource_pb.js';
import type { RecordedResource } from './recorded-resource.ts';
import { holdsSecret, plainObject } from './wire-values.ts';

const stackType = 'pulumi:pulumi:Stack';

/** A second resource with the same URN, which Pulumi refuses too. */
class DuplicateResource extends Error {}

/** Collects registered resources by URN. */
export function createResourceRegistry(project: string, stack: string) {
  const resources = new Map<string, RecordedResource>();
  /** Type chain from the stack to each resource, which is part of the URNs of its children. */
  const qualifiedTypes = new Map<string, string>();
  return {
    resources,
    /** @throws DuplicateResource */
    register(request: RegisterResourceRequest): RecordedResource {
      const type = request.getType();
      const parentType = qualifiedTypes.get(request.getParent());
      const qualified = parentType === undefined ? type : `${parentType}$${type}`;
      const urn = `urn:pulumi:${stack}::${project}::${qualified}::${request.getName()}`;
      if (resources.has(urn)) throw new DuplicateResource(`Duplicate resource URN ${urn}`);
      if (type !== stackType) qualifiedTypes.set(urn, qualified);
      const raw = request.getObject()?.toJavaScript() ?? {};
      const resource: RecordedResource = {
        urn,
        type,
        name: request.getName(),
        parent: request.getParent() || null,
        custom: request.getCustom(),
        remote: request.getRemote(),
        inputs: plainObject(raw),
        secretInputs: Object.entries(raw).flatMap(([key, value]) => (holdsSecret(value) ? [key] : [])),
        dependencies: request.getDependenciesList(),
        propertyDependencies: Object.fromEntries(
          [...request.getPropertydependenciesMap().entries()].map(([key, value]) => [
            key,
            value.getUrnsList(),
          ]),
        ),
        provider: request.getProvider(),
        providers: Object.fromEntries(request.getProvidersMap().entries()),
        retainOnDelete: request.getRetainondelete() ?? false,
        ignoreChanges: request.getIgnorechangesList(),
        errorHooks: request.getHooks()?.getOnErrorList() ?? [],
      };
      resources.set(urn, resource);
      return resource;
    },
  };
}
