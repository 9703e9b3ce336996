import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.ts';
import { listFiles } from './repository-files.ts';

const folder = 'docs/decisions';
const header = /^# (\d+)\. .+\n\nDate: \d{4}-\d\d-\d\d\. Status: .+\n/;

/** Reports decision records whose number is not unique or differs from their title, or that have no date or status. */
export function checkDecisions(root: string): Finding[] {
  const paths = listFiles(root, folder).filter((path) => /\/\d{4}-[^/]+\.md$/.test(path));
  const numberOf = (path: string) => Number(path.slice(folder.length + 1, folder.length + 5));
  return paths.flatMap((path) => {
    const report = (advice: string) => [{ path, line: 1, rule: 'decision', advice }];
    if (paths.some((other) => other < path && numberOf(other) === numberOf(path)))
      return report('give it the next free number');
    const [, number] = header.exec(readFileSync(join(root, path), 'utf8')) ?? [];
    return Number(number) === numberOf(path)
      ? []
      : report(`begin with "# ${numberOf(path)}. Title", a blank line, and "Date: YYYY-MM-DD. Status: …"`);
  });
}
