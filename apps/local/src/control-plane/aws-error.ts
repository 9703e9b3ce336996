import type { JsonObject } from '../json-value.ts';

/** An error response of an AWS service; clients get `code` as the name of the error. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
  /** Further fields of the error response. */
  readonly fields: JsonObject;

  constructor(code: string, message: string, status = 400, fields: JsonObject = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
    this.retryable = status >= 500 || status === 429;
    this.fields = fields;
  }
}
