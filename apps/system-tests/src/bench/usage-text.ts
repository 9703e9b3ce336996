import type { BenchRow } from './rows/bench-row.ts';

export function usageText(rows: readonly Pick<BenchRow, 'id' | 'title'>[]): string {
  return `usage: pnpm bench [options]

Measures Fyrestream on this machine, prints the tables and writes them to bench.json. Nothing else should run meanwhile.

Rows:
${rows.map(({ id, title }) => `  ${id}  ${title}`).join('\n')}

Options:
  --rows a,d      only these rows
  --repeat N      how often each variant runs (3)
  --seconds S     length of the material (60, or all of FILE)
  --file FILE     encode this video instead of made material
  --uploads N     uploads of row g (1000)
  --sizes M,M     sizes of the sources of row e, in megabytes (64,512,2048)
  --waiting N,N   how many jobs wait in row i (100,1000,10000)
  --drop N        uploads of row j (10000)
  --write FILE    update the tables in a document, such as docs/performance.md
  --help          show this text
`;
}
