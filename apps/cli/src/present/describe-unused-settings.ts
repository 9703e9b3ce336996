/** A note on the settings of a config file that a local cloud has no use for. */
export function describeUnusedSettings(names: readonly string[]): string {
  return `the local cloud does not use these settings: ${names.join(', ')}`;
}
