#!/usr/bin/env node
// fyrestream-checks [--all]: the repository's own rules, and with --all every other fast check beside them.
import { checkDocuments } from './check-documents.ts';
import { checkSources } from './check-sources.ts';
import { formatFinding } from './finding.ts';
import { runAllChecks } from './run-all-checks.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);
const [option, ...rest] = process.argv.slice(2);
const root = process.cwd();

if (rest.length > 0 || (option !== undefined && option !== '--all')) {
  process.stderr.write('usage: fyrestream-checks [--all], in the folder of the repository\n');
  process.exitCode = 2;
} else if (option === '--all') {
  process.exitCode = (await runAllChecks(root, print)) ? 0 : 1;
} else {
  const findings = [...checkSources(root), ...checkDocuments(root)];
  for (const finding of findings) print(formatFinding(finding));
  process.exitCode = findings.length > 0 ? 1 : 0;
}
