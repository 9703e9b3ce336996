// pnpm bench: measures Fyrestream on this machine; `--help` describes the rows and options.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FyrestreamError } from '@fyrestream/events';
import { readOptions } from './read-options.ts';
import { renderRow } from './report/render-row.ts';
import { updateDocument } from './report/update-document.ts';
import { allRows } from './rows/all-rows.ts';
import { runBench } from './run-bench.ts';
import { usageText } from './usage-text.ts';

const folder = process.env.INIT_CWD ?? '.';
const directory = await mkdtemp(join(tmpdir(), 'fyrestream-bench-'));
try {
  const argv = process.argv.slice(2);
  const options = readOptions(
    argv,
    allRows.map(({ id }) => id),
  );
  if (options.help) process.stdout.write(usageText(allRows));
  else {
    const command = ['pnpm bench', ...argv].join(' ');
    const file = options.file === null ? null : resolve(folder, options.file);
    const report = await runBench({ ...options, file }, { command, directory, print });
    await writeFile(resolve(folder, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
    for (const row of report.rows) print(`\n(${row.id}) ${row.title}\n\n${renderRow(row)}`);
    if (options.write !== null) {
      const path = resolve(folder, options.write);
      await writeFile(path, updateDocument(await readFile(path, 'utf8'), report));
    }
  }
} catch (error) {
  if (!(error instanceof FyrestreamError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code === 'wrong-usage' ? 2 : 1;
} finally {
  await rm(directory, { recursive: true, force: true });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
