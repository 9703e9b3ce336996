import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.ts';
import { listSources } from './repository-files.ts';

const document = 'docs/failure-modes.md';
const rule = 'failure-mode';

/** Reports codes such as F24 that tests cite and the document does not define, and codes that no test cites. */
export function checkFailureModes(root: string): Finding[] {
  if (!existsSync(join(root, document))) return [];
  const rows = readFileSync(join(root, document), 'utf8').split('\n');
  const defined = new Map(
    rows.flatMap((row, index) => {
      const code = /^\|\s*(F\d\d)\s*\|/.exec(row)?.[1];
      return code ? [[code, index + 1] as const] : [];
    }),
  );
  const cited = listSources(root)
    .filter((path) => /\.test\.\w+$|\/test\//.test(path) && !path.startsWith('packages/checks/'))
    .flatMap((path) => citedCodes(path, readFileSync(join(root, path), 'utf8')));
  const citedCodesOnly = new Set(cited.map(({ code }) => code));
  return [
    ...cited
      .filter(({ code }) => !defined.has(code))
      .map(({ code, path, line }) => ({ path, line, rule, advice: `define ${code} in ${document}` })),
    ...[...defined]
      .filter(([code]) => !citedCodesOnly.has(code))
      .map(([code, line]) => ({ path: document, line, rule, advice: `no test cites ${code}: remove it` })),
  ];
}

function citedCodes(path: string, text: string): { code: string; path: string; line: number }[] {
  return text
    .split('\n')
    .flatMap((row, index) =>
      [...row.matchAll(/['"`\s(](F\d\d)\b/g)].map(([, code = '']) => ({ code, path, line: index + 1 })),
    );
}
