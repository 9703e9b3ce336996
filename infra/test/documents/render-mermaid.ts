import type { Graph } from './infrastructure-graph.ts';

/** Renders a graph as a Mermaid flowchart. @see https://mermaid.js.org/syntax/flowchart.html */
export function renderMermaid({ nodes, edges }: Graph): string {
  return [
    'flowchart LR',
    ...nodes.map(({ id, kind, name }) => `  ${id}["${kind}<br/><b>${name}</b>"]`),
    ...edges.map(({ from, to, label }) => `  ${from} -->${label ? `|${label}|` : ''} ${to}`),
  ].join('\n');
}
