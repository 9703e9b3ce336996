/**
 * Whether a path matches a pattern in which `*` stands for any characters, also for none and for `/`. The earliest place of each part
 * is enough, so the time is that of a search for each part, whatever the pattern.
 */
export function matchesPattern(path: string, pattern: string): boolean {
  const [first = '', ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return path === pattern;
  if (!path.startsWith(first) || !path.endsWith(last)) return false;
  let position = first.length;
  for (const part of parts) {
    const found = path.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position + last.length <= path.length;
}
