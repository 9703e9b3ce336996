import type { Making } from '../api/views.ts';

const choosers: Record<Making['from'], string> = {
  metadata: 'named by the upload',
  sidecar: 'named by its sidecar file',
  rule: 'by a rule of the stack',
  default: 'no other one was chosen',
  remake: 'named when it was made anew',
};

/** `mobile, by a rule of the stack` */
export function describeProfile({ profile, from }: Making): string {
  return `${profile}, ${choosers[from]}`;
}

/** `title: Holiday, audio: [{"language":"de"}]`; null if there are none. */
export function describeOptions({ options }: Making): string | null {
  const entries = Object.entries(options).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return entries.length === 0 ? null : entries.join(', ');
}
