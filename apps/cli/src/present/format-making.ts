import type { Making } from '@fyrestream/events';

const choosers: Record<Making['from'], string> = {
  metadata: 'named by the upload',
  sidecar: 'named by its sidecar',
  rule: 'by a rule of the stack',
  default: 'no other one was chosen',
  remake: 'named when it was made anew',
};

/** The profile of a job with what named it, then one line for each option, as `upload --option` takes it. */
export function makingFields({ profile, options, from }: Making): [string, string][] {
  const lines = Object.entries(options).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [
    ['profile', `${profile} (${choosers[from]})`],
    ...lines.map((line, index): [string, string] => [index === 0 ? 'options' : '', line]),
  ];
}
