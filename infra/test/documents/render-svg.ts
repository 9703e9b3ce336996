import { instance } from '@viz-js/viz';
import type { Graph } from './infrastructure-graph.ts';

const colours: Readonly<Record<string, string>> = {
  'S3 bucket': '#3f8624',
  'SQS queue': '#cc2264',
  'Lambda function': '#d86613',
  'Fargate task': '#d86613',
  'ECR repository': '#d86613',
  'DynamoDB table': '#3334b9',
};
const otherColour = '#b0084d';

/** Renders a graph as SVG, readable on light and dark pages. */
export async function renderSvg({ nodes, edges }: Graph): Promise<string> {
  const viz = await instance();
  return viz.renderString(
    {
      graphAttributes: {
        rankdir: 'LR',
        bgcolor: 'white',
        fontname: 'Helvetica',
        nodesep: 0.3,
        ranksep: 0.7,
        pad: 0.3,
      },
      nodeAttributes: {
        shape: 'box',
        style: 'rounded,filled',
        fontname: 'Helvetica',
        fontsize: 11,
        margin: '0.25,0.08',
        fontcolor: 'white',
        penwidth: 0,
      },
      edgeAttributes: {
        fontname: 'Helvetica',
        fontsize: 9,
        color: '#5a6b7b',
        fontcolor: '#5a6b7b',
        arrowsize: 0.7,
      },
      nodes: nodes.map(({ id, kind, name }) => ({
        name: id,
        attributes: { label: `${kind}\n${name}`, fillcolor: colours[kind] ?? otherColour },
      })),
      // Edges that lead back do not affect the left-to-right order.
      edges: edges.map(({ from, to, label }) => ({
        tail: from,
        head: to,
        attributes: { label, constraint: label !== 'stops' && label !== 'sends reminders' },
      })),
    },
    { format: 'svg' },
  );
}
