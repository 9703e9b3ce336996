import type { JsonObject } from '../json-value.ts';

/** An error as an AWS service words it; clients see `code` as the error's name. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
  /** Fields of the error's shape besides its message. */
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
