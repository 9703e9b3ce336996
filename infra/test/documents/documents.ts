import { readFileSync } from 'node:fs';
import type { Recording } from '../recording/recorded-resource.ts';
import { encodingCostTable, idleCostTable } from './cost-tables.ts';
import { infrastructureGraph } from './infrastructure-graph.ts';
import { renderMermaid } from './render-mermaid.ts';
import { renderSvg } from './render-svg.ts';
import { settingsTable } from './settings-table.ts';

/** A file of the repository, and what it should hold. */
export interface Document {
  readonly file: URL;
  readonly text: string;
}

/** A document lacks the marks between which a generated part stands. */
class MarkMissing extends Error {}

const documents = new URL('../../../docs/', import.meta.url);

/** Everything in `docs` that is written from the code and from a recording of the stack `dev`, as it should be now. */
export async function makeDocuments(dev: Recording): Promise<Document[]> {
  const graph = infrastructureGraph(dev);
  const parts: [file: string, Record<string, string>][] = [
    ['infrastructure.md', { diagram: `\`\`\`mermaid\n${renderMermaid(graph)}\n\`\`\`` }],
    ['settings.md', { settings: settingsTable() }],
    ['operating.md', { 'idle-cost': idleCostTable(), 'encoding-cost': encodingCostTable() }],
  ];
  return [
    ...parts.map(([name, generated]) => fillIn(new URL(name, documents), generated)),
    { file: new URL('infrastructure.svg', documents), text: await renderSvg(graph) },
  ];
}

/** Replaces what stands between `<!-- generated: NAME -->` and `<!-- end -->`. @throws MarkMissing */
function fillIn(file: URL, generated: Readonly<Record<string, string>>): Document {
  let text = readFileSync(file, 'utf8');
  for (const [name, part] of Object.entries(generated)) {
    const marked = new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!marked.test(text)) throw new MarkMissing(`${file.pathname} has no mark for ${name}`);
    text = text.replace(marked, (_all, start, end) => `${start}\n${part}\n\n${end}`);
  }
  return { file, text };
}
