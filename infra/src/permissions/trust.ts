/** A trust policy: it stands at its role, so its statement names no resource. */
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
 * Who may take on a role: one AWS service, and where other accounts can ask that service too, on behalf of this one only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function trustOf(service: string, forAccountId?: string): TrustPolicy {
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
