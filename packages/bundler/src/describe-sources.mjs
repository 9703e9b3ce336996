import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What makes every bundle. */
const ownFiles = ['bundle.mjs', 'describe-sources.mjs', 'english-only.mjs'].map((name) =>
  relative('.', fileURLToPath(new URL(name, import.meta.url))),
);

const packageFolder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/**
 * What a bundle was made of, so that a deployment can tell whether it is still that of the sources: the SHA-256 of each source by
 * its path, relative to the folder of the workspace, and the packages with their versions.
 * @param {string[]} inputs the paths of the files that esbuild has read
 */
export function describeSources(inputs) {
  const folders = new Set();
  /** @type {string[]} */
  const sources = [...ownFiles];
  for (const path of inputs) {
    const folder = packageFolder.exec(path)?.[1];
    if (folder) folders.add(folder);
    else sources.push(path);
  }
  const packages = [...folders].map((folder) => {
    const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    return `${name}@${version}`;
  });
  return {
    sources: Object.fromEntries(sources.sort().map((path) => [path, hashOf(readFileSync(path))])),
    packages: [...new Set(packages)].sort(),
  };
}

/** @param {Buffer} content */
function hashOf(content) {
  return createHash('sha256').update(content).digest('hex');
}
