/** Why a signature is not accepted. Each server converts these into the errors of its service. */
export type SignatureFailureReason =
  | 'unsigned'
  | 'malformed'
  | 'unknown-access-key'
  | 'token-mismatch'
  | 'clock-skewed'
  | 'not-yet-valid'
  | 'expired'
  | 'header-not-signed'
  | 'body-mismatch'
  | 'signature-mismatch';

export interface SignatureFailure {
  readonly reason: SignatureFailureReason;
  /** One sentence for the caller, without secrets. */
  readonly message: string;
}
