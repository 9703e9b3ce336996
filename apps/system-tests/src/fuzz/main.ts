// pnpm fuzz [--seed 1] [--mutations 2000] [--keep DIR]: sends damaged files through a local cloud and checks that each ends
// in one state, refused because of the file or published and verified. The mutation of a seed is always the same:
// `--seed 7 --mutations 1` repeats the seventh. `--keep` stores the files that are judged wrong. Exits with 1 if there are any.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeSampleFiles } from './make-sample-files.ts';
import { mutate } from './mutate.ts';
import { printFuzzRun } from './print-fuzz-run.ts';
import { runFuzz } from './run-fuzz.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, mutations: { type: 'string' }, keep: { type: 'string' } },
});
const seed = Number(values.seed ?? 1);
const mutations = Number(values.mutations ?? 2_000);
if (!(Number.isSafeInteger(seed) && seed > 0 && Number.isSafeInteger(mutations) && mutations > 0)) {
  process.stderr.write('usage: pnpm fuzz [--seed 1] [--mutations 2000] [--keep DIR]\n');
  process.exit(2);
}
const startedAt = Date.now();
let ended = 0;
const run = await runFuzz({
  seed,
  mutations,
  onEnd(_, violations) {
    ended += 1;
    for (const { message } of violations) process.stdout.write(`${message}\n`);
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    if (ended % 50 === 0) process.stdout.write(`${ended} of ${mutations} in ${seconds} s\n`);
  },
});
printFuzzRun(run, (Date.now() - startedAt) / 1_000);

if (values.keep !== undefined) {
  const directory = resolve(process.env.INIT_CWD ?? '.', values.keep);
  await mkdir(directory, { recursive: true });
  const samples = await makeSampleFiles();
  const wrongJobIds = new Set(run.violations.map(({ jobId }) => jobId));
  for (const upload of run.uploads.filter(({ jobId }) => wrongJobIds.has(jobId))) {
    const { fileName, bytes } = mutate(upload.mutation.seed, samples);
    await writeFile(join(directory, fileName), bytes);
  }
}
process.exitCode = run.violations.length === 0 ? 0 : 1;
