/** Tags of every resource of a stack. The budget filters by the first. */
export function stackTags(stack: string) {
  return [
    ['fyrestream-stack', stack],
    ['project', 'fyrestream'],
  ] as const;
}
