/** What every resource of a stack is tagged with; the budget counts by the first. */
export function stackTags(stack: string) {
  return [
    ['fyrestream-stack', stack],
    ['project', 'fyrestream'],
  ] as const;
}
