import type { Graph } from './infrastructure-graph.ts';

/** A graph as Mermaid writes it. @see https://mermaid.js.org/syntax/flowchart.html */
export function renderMermaid({ nodes, edges }: Graph): string {
  return [
    'flowchart LR',
    ...nodes.map(({ id, kind, name }) => `  ${id}["${kind}<br/><b>${name}</b>"]`),
    ...edges.map(({ from, to, label }) => `  ${from} -->${label ? `|${label}|` : ''} ${to}`),
  ].join('\n');
}
