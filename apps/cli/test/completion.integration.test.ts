import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPseudoTerminal } from './pseudo-terminal.ts';
import { commandLineBundle } from './run-command-line.ts';

const execute = promisify(execFile);
const has = (program: string) =>
  execute(program, ['--version']).then(
    () => true,
    () => false,
  );
const [hasZsh, hasFish] = [await has('zsh'), await has('fish')];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'completion-'));
  await writeFile(join(directory, 'holiday.mov'), '');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await execute(process.execPath, [commandLineBundle, 'completion', shell]);
    await writeFile(join(directory, shell), stdout);
  }
});
afterAll(() => rm(directory, { recursive: true }));

/** For a busy machine. */
const waitOptions = { timeout: 600_000, interval: 50 };

/** What is typed, and what a shell must and must not offer. */
const cases: [string, readonly string[], readonly string[]][] = [
  ['', ['upload', 'jobs', 'costs', 'completion', 'help'], ['holiday.mov', '--json']],
  ['jo', ['job', 'jobs'], ['upload']],
  ['--deb', ['--debug'], []],
  ['jobs --', ['--status', '--tenant', '--json', '--help'], ['--prefix']],
  ['jobs --status ', ['queued', 'running', 'held'], ['--json', 'holiday.mov']],
  ['--debug costs --by ', ['day', 'tenant', 'profile'], ['upload']],
  ['upload --option p', ['posterSeconds=', 'priority=urgent', 'priority=bulk'], ['title=', 'holiday.mov']],
  ['job l', ['latest'], []],
  ['upload --option priority=u', ['priority=urgent'], ['priority=bulk']],
  ['completion ', ['bash', 'zsh', 'fish'], []],
  ['help wat', ['watch'], []],
  ['upload hol', ['holiday.mov'], ['latest']],
];

const shells = [
  [
    'bash',
    ['--norc', '--noprofile', '-i'],
    (script: string) => `PS1='> '; bind 'set show-all-if-ambiguous on'; . ${script}`,
    true,
  ],
  [
    ...(['zsh', ['-f', '-i']] as const),
    (script: string) => `PS1='> '; autoload -Uz compinit; compinit -u -D; . ${script}`,
    hasZsh,
  ],
] as const;

for (const [shell, argv, start, isInstalled] of shells) {
  it.skipIf(!isInstalled)(
    `${shell} completes commands, options and their values when Tab is pressed${isInstalled ? '' : `: ${shell} is not installed`}`,
    async () => {
      const terminal = openPseudoTerminal([...argv], {
        columns: 200,
        rows: 60,
        cwd: directory,
        program: shell,
      });
      const shown = () => terminal.screen().join('\n');
      terminal.type(`${start(join(directory, shell))}; echo rea''dy\r`);
      await vi.waitFor(() => expect(shown()).toMatch(/^ready$/m), waitOptions);
      for (const [typed, offered, others] of cases) {
        // Empties the line and the screen.
        terminal.type('\u0015\u000c');
        await vi.waitFor(() => expect(shown().trim()).toBe('>'), waitOptions);
        terminal.type(`fyrestream ${typed}\t\t`);
        await vi.waitFor(() => {
          for (const word of offered) expect(shown(), `after "${typed}"`).toMatch(wordOf(word));
        }, waitOptions);
        for (const word of others) expect(shown(), `after "${typed}"`).not.toMatch(wordOf(word));
      }
      terminal.type('\u0015exit\r');
      expect(await terminal.ended).toBe(0);
    },
  );
}

it.skipIf(!hasFish)(
  `fish completes commands, options and their values${hasFish ? '' : ': fish is not installed'}`,
  async () => {
    for (const [typed, offered, others] of cases) {
      const ask = `source ${join(directory, 'fish')}; complete -C 'fyrestream ${typed}'`;
      const { stdout } = await execute('fish', ['--no-config', '-c', ask], { cwd: directory });
      const words = stdout.split('\n').map((line) => line.split('\t')[0]);
      expect(words, `after "${typed}"`).toEqual(expect.arrayContaining([...offered]));
      for (const word of others) expect(words, `after "${typed}"`).not.toContain(word);
    }
  },
);

function wordOf(word: string): RegExp {
  return new RegExp(`(^|[\\s])${word}(?![\\w.-])`, 'm');
}
