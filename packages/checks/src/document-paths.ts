/** A path that a Markdown document names; `relative` to the document's folder, else to the repository. */
export interface DocumentPath {
  path: string;
  line: number;
  relative: boolean;
}

const repositoryPath = /^(?:apps|packages|infra|docs|benchmarks|\.ci)\/[\w@.*+/-]+$/;
const relativePath = /^\.{1,2}\/[\w@.*+/-]+$/;
const madeByTools = /(^|\/)(node_modules|dist|coverage|\.turbo|\.fyrestream)(\/|$)/;
const codeSpan = /(`+)(.+?)\1/g;
const linkTarget = /\]\(\s*<?([^)\s>]+)|^\s*\[[^\]]+\]:\s*<?([^\s>]+)/g;

/**
 * Reads the paths in code spans (`apps/cli/src/main.ts`, alone or within a command) and in links.
 * Ignores code blocks, which are examples, and paths that tools generate.
 */
export function documentPaths(markdown: string): DocumentPath[] {
  let fence: string | undefined;
  return markdown.split('\n').flatMap((text, index) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(text)?.[1];
    if (mark && (!fence || mark.startsWith(fence))) {
      fence = fence ? undefined : mark;
      return [];
    }
    if (fence) return [];
    return [...spanPaths(text), ...linkPaths(text)]
      .filter(({ path }) => !madeByTools.test(path))
      .map((named) => ({ ...named, line: index + 1 }));
  });
}

function spanPaths(text: string): Omit<DocumentPath, 'line'>[] {
  return [...text.matchAll(codeSpan)]
    .flatMap(([, , code = '']) => code.trim().split(/\s+/))
    .map((word) => word.replace(/:\d+$/, ''))
    .filter((word) => repositoryPath.test(word) || relativePath.test(word))
    .map((path) => ({ path, relative: relativePath.test(path) }));
}

function linkPaths(text: string): Omit<DocumentPath, 'line'>[] {
  return [...text.replace(codeSpan, '').matchAll(linkTarget)]
    .map(([, inline, reference]) => decodeURI((inline ?? reference ?? '').replace(/[#?].*$/, '')))
    .filter((target) => target !== '' && !/^[a-z][a-z\d+.-]*:/i.test(target))
    .map((path) => ({ path, relative: true }));
}
