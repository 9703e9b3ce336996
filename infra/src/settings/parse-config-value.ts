/** Pulumi passes numbers, booleans and objects of a stack's configuration as JSON text. */
export function parseConfigValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
