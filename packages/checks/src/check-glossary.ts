import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.ts';
import { listSources } from './repository-files.ts';

const glossary = 'docs/glossary.md';
const maxTerms = 40;

/** Reports terms of the glossary that do not occur in the sources, and a glossary of more than 40 terms. */
export function checkGlossary(root: string): Finding[] {
  if (!existsSync(join(root, glossary))) return [];
  const rows = readFileSync(join(root, glossary), 'utf8').split('\n');
  const header = rows.findIndex((row) => /^\|\s*-/.test(row));
  const terms = rows.flatMap((row, index) => {
    const term = index > header ? /^\|\s*([^|]+?)\s*\|/.exec(row)?.[1] : undefined;
    return term ? [{ term, line: index + 1 }] : [];
  });
  const sources = listSources(root).map((path) => readFileSync(join(root, path), 'utf8'));
  const unused = terms.filter(({ term }) => !sources.some((source) => termPattern(term).test(source)));
  return [
    ...unused.map(({ term, line }) =>
      finding(line, `"${term}" does not occur in the code: remove or rename it`),
    ),
    ...terms.slice(maxTerms).map(({ line }) => finding(line, `a glossary has at most ${maxTerms} terms`)),
  ];
}

function finding(line: number, advice: string): Finding {
  return { path: glossary, line, rule: 'glossary', advice };
}

/** Matches a term as words, in camel case or in kebab case: `dead letter`, `deadLetter`, `dead-letter`. */
function termPattern(term: string): RegExp {
  return new RegExp(term.replaceAll(/[\s-]+/g, '[\\s_-]?'), 'i');
}
