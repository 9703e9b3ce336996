/** True where `path` is one of `allowed`: a file by its whole path, a folder by a trailing slash, `''` for all. */
export function matchesPath(path: string, allowed: readonly string[] = []): boolean {
  return allowed.some((entry) =>
    entry === '' || entry.endsWith('/') ? path.startsWith(entry) : path === entry,
  );
}

/** True where the npm package is one of `patterns`, of which `@scope/*` stands for a whole scope. */
export function matchesPackage(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
}
