/** Settings of earlier releases, with what to write instead. */
const replacedSettings: Readonly<Record<string, string>> = {
  webhook:
    'is replaced by `fyrestream:webhooks`, whose posts are signed: write `fyrestream:webhooks: { NAME: { url: … } }`, and let the receiver check the signature as docs/integrating.md says',
  webhookKey:
    'is replaced by a secret in Secrets Manager for each of `fyrestream:webhooks`: remove it, and put the secret as docs/operating.md says',
};

/** The faults of settings that no longer exist. @param root before every name */
export function describeReplacedSettings(names: readonly string[], root: string): string[] {
  return names.flatMap((name) => {
    const instead = Object.hasOwn(replacedSettings, name) ? replacedSettings[name] : undefined;
    return instead === undefined ? [] : [`${root}${name} ${instead}`];
  });
}

export function isReplacedSetting(name: string): boolean {
  return Object.hasOwn(replacedSettings, name);
}
