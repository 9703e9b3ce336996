/** Trust policy of a role. */
export interface TrustPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Effect: 'Allow';
    readonly Principal: { readonly Service: string };
    readonly Action: 'sts:AssumeRole';
    readonly Condition?: { readonly StringEquals: Readonly<Record<string, string>> };
  }[];
}

/**
 * Lets one AWS service assume a role. With `forAccountId`, only on behalf of that account: needed for services that other
 * accounts can call as well.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceTrustPolicy(service: string, forAccountId?: string): TrustPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        ...(forAccountId !== undefined && {
          Condition: { StringEquals: { 'aws:SourceAccount': forAccountId } },
        }),
      },
    ],
  };
}
