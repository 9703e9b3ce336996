import type { RecordedResource, Recording } from './recorded-resource.ts';

/** Renders all resources as an indented tree, sorted by URN. */
export function renderResourceTree({ resources }: Recording): string {
  const lines: string[] = [];
  const render = (parent: RecordedResource, depth: number) => {
    lines.push(`${'  '.repeat(depth)}${parent.type} ${parent.name}`);
    const children = resources.filter((child) => child.parent === parent.urn);
    for (const child of children.sort((a, b) => (a.urn < b.urn ? -1 : 1))) render(child, depth + 1);
  };
  for (const root of resources.filter(({ parent }) => parent === null)) render(root, 0);
  return `${lines.join('\n')}\n`;
}
