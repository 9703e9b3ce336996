/** Why a request is not accepted. Each server words these as its service does. */
export type RefusalReason =
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

export interface SignatureRefusal {
  readonly reason: RefusalReason;
  /** One sentence for the caller; never contains a secret. */
  readonly message: string;
}
