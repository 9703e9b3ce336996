import type { TextStyle } from './cue-text.ts';

/** The styles of an ASS script's header, by name. */
export function readAssStyles(header: string): Map<string, TextStyle> {
  const styles = new Map<string, TextStyle>();
  let columns: ReadonlyMap<string, number> = new Map();
  let isInStyles = false;
  for (const line of header.split(/\r\n|\r|\n/)) {
    if (/^\[.*\]/.test(line)) isInStyles = /^\[v4\+? styles\]/i.test(line);
    const [, kind, rest = ''] = /^(Format|Style):(.*)$/i.exec(line) ?? [];
    if (!isInStyles || kind === undefined) continue;
    const values = rest.split(',').map((value) => value.trim());
    if (kind.toLowerCase() === 'format') {
      columns = new Map(values.map((value, position) => [value.toLowerCase(), position]));
      continue;
    }
    // -1 means on; some programs write 1.
    const isOn = (column: string) => Math.abs(Number(values[columns.get(column) ?? -1] ?? 0)) === 1;
    styles.set(values[columns.get('name') ?? -1] ?? '', {
      bold: isOn('bold'),
      italic: isOn('italic'),
      underline: isOn('underline'),
    });
  }
  return styles;
}
