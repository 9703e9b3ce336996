import type { Finding } from '../finding.ts';
import type { SourceFile } from '../source-file.ts';

const maximumLines = 300;

/** A file of more than 300 lines wants to be two. */
export function filesAreShort(source: SourceFile): Finding[] {
  const lines = source.text.replace(/\n$/, '').split('\n').length;
  if (lines <= maximumLines) return [];
  const advice = `${lines} lines, ${maximumLines} at most: this file wants to be two`;
  return [{ path: source.path, line: maximumLines + 1, rule: 'file-length', advice }];
}
