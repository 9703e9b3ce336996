import type { RecordedResource, Recording } from './recorded-resource.ts';

/** All resources, children below their parents, in the order of their names: what a stack is made of, at one look. */
export function drawTree({ resources }: Recording): string {
  const lines: string[] = [];
  const draw = (parent: RecordedResource, depth: number) => {
    lines.push(`${'  '.repeat(depth)}${parent.type} ${parent.name}`);
    const children = resources.filter((child) => child.parent === parent.urn);
    for (const child of children.sort((a, b) => (a.urn < b.urn ? -1 : 1))) draw(child, depth + 1);
  };
  for (const root of resources.filter(({ parent }) => parent === null)) draw(root, 0);
  return `${lines.join('\n')}\n`;
}
