import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { openPseudoTerminal } from './pseudo-terminal.ts';

const program = fileURLToPath(new URL('show-progress.ts', import.meta.url));

describe.each([
  { columns: 80, rows: 24 },
  { columns: 60, rows: 10 },
  { columns: 200, rows: 50 },
])('30 files in a terminal of $columns × $rows', ({ columns, rows }) => {
  it('show the unfinished ones that fit and the numbers of all, never blank, and no percentage falls', async () => {
    const terminal = openPseudoTerminal([program], { columns, rows });
    const fileRows = Math.min(30, rows - 2);
    const shows = (...texts: (string | RegExp)[]) =>
      vi.waitFor(() => {
        for (const text of texts) expect(terminal.screen().join('\n')).toMatch(text);
      }, 600_000);

    await shows(
      / 1\.mov.* 18% uploading, \d+s/,
      / 2\.mov waits for its turn/,
      '29 queued, 0 done, 1 at work',
    );
    terminal.type('x');
    await shows(/ 1\.mov waits for a free place, 1 of 30, \d+s/, '30 queued, 0 done, ');
    expect(terminal.screen().filter((line) => line.includes('waits for')).length).toBe(fileRows);
    terminal.type('x');
    await shows(/ 30\.mov.* 56% encoding/, '26 queued, 0 done, 4 at work');
    terminal.type('x');
    await shows('27 queued, 0 done, 3 at work');
    terminal.type('x');
    await shows(/ 30\.mov.* 56% encoding/);
    terminal.type('x');
    await shows('5 queued, 20 done, 1 failed, 4 at work');
    expect(terminal.screen().filter((line) => /\.mov/.test(line)).length).toBe(Math.min(9, fileRows));
    // The lines move while nothing is reported.
    const before = terminal.screen();
    await vi.waitFor(() => expect(terminal.screen()).not.toEqual(before), 600_000);
    terminal.type('x');
    expect(await terminal.ended).toBe(0);

    expect(
      terminal
        .screen()
        .filter((line) => line !== '')
        .at(-1),
    ).toBe('after the command');
    expect([...terminal.scrollback(), ...terminal.screen()].filter((line) => line !== '')).toHaveLength(2);
    expectNoFall(terminal.history, columns);
  });
});

it('a terminal that becomes smaller shows the lines once', async () => {
  const terminal = openPseudoTerminal([program], { columns: 100, rows: 40 });
  const summaries = () => terminal.screen().filter((line) => line.includes('29 queued'));
  await vi.waitFor(() => expect(summaries()).toHaveLength(1), 600_000);
  terminal.resize(60, 10);
  await vi.waitFor(() => {
    expect(summaries()).toHaveLength(1);
    expect(terminal.screen().filter((line) => line.includes('.mov'))).toHaveLength(8);
  }, 600_000);
  terminal.type('q');
  expect(await terminal.ended).toBe(0);
});

/** From the first lines to the end of the progress, each screen shows files, on whole rows, and no percentage is less than before. */
function expectNoFall(history: string[][], columns: number): void {
  const first = history.findIndex((screen) => screen.some((line) => line.includes('.mov')));
  const end = history.findLastIndex((screen) => screen.some((line) => line.includes('.mov')));
  const percents = new Map<string, number>();
  for (const screen of history.slice(first, end + 1)) {
    const files = screen.filter((line) => line.includes('.mov'));
    expect(files.length).toBeGreaterThan(0);
    for (const line of files) {
      expect(line.length).toBeLessThan(columns);
      const [, part = '', percent] = /(\d+)\.mov(?:.*? (\d+)%)?/.exec(line) ?? [];
      if (percent === undefined) continue;
      expect(Number(percent)).toBeGreaterThanOrEqual(percents.get(part) ?? 0);
      percents.set(part, Number(percent));
    }
  }
}
