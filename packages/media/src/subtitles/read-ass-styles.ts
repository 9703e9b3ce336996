import type { TextStyle } from './cue-text.ts';

/** The styles of an ASS script's header, by name. */
export function readAssStyles(header: string): Map<string, TextStyle> {
  const styles = new Map<string, TextStyle>();
  let columns: string[] = [];
  let isInStyles = false;
  for (const line of header.split(/\r\n|\r|\n/)) {
    if (/^\[.*\]/.test(line)) isInStyles = /^\[v4\+? styles\]/i.test(line);
    const [, kind, rest = ''] = /^(Format|Style):(.*)$/i.exec(line) ?? [];
    if (!isInStyles || kind === undefined) continue;
    const values = rest.split(',').map((value) => value.trim());
    if (kind.toLowerCase() === 'format') {
      columns = values.map((value) => value.toLowerCase());
      continue;
    }
    // -1 means on; some programs write 1.
    const isOn = (column: string) => Math.abs(Number(values[columns.indexOf(column)] ?? 0)) === 1;
    styles.set(values[columns.indexOf('name')] ?? '', {
      bold: isOn('bold'),
      italic: isOn('italic'),
      underline: isOn('underline'),
    });
  }
  return styles;
}
