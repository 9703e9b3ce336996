/** A base image, as Docker reads `[registry/]repository:tag[@digest]`. */
export interface ImageReference {
  /** Without the digest: `debian:trixie-slim`. */
  readonly name: string;
  /** Host and port. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  /** Null where the image is not pinned. */
  readonly digest: string | null;
}

const dockerHub = 'registry-1.docker.io';

/** @param text a valid setting: it has a tag */
export function parseImageReference(text: string): ImageReference {
  const [name = '', digest = null] = text.split('@');
  const colon = name.lastIndexOf(':');
  const path = name.slice(0, colon).split('/');
  const [first = ''] = path;
  // As Docker decides: a registry has a dot or a port.
  const hasRegistry = path.length > 1 && /[.:]/.test(first);
  const repository = (hasRegistry ? path.slice(1) : path).join('/');
  return {
    name,
    registry: hasRegistry ? first : dockerHub,
    repository: hasRegistry || path.length > 1 ? repository : `library/${repository}`,
    tag: name.slice(colon + 1),
    digest,
  };
}
