import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { PrincipalName } from './principals.ts';

export interface RecordedCall {
  readonly principal: PrincipalName;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
}

export interface CallRecorder {
  readonly record: (call: RecordedCall) => void;
}

/**
 * Appends each distinct call to a file once, so that the permissions of the deployed stack can be compared with the actual
 * calls.
 * @param onCall gets every call, also those that the file has already
 */
export function createCallRecorder(path: string, onCall?: (call: RecordedCall) => void): CallRecorder {
  const seen = new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []);
  return {
    record: (call) => {
      onCall?.(call);
      const { principal, action, allowed } = call;
      const line = JSON.stringify({ principal, action, resource: shortenObject(call.resource), allowed });
      if (seen.has(line)) return;
      seen.add(line);
      appendFileSync(path, `${line}\n`);
    },
  };
}

/** A job writes thousands of objects, and permissions only name their top folder. */
function shortenObject(resource: string): string {
  return resource.replace(/^(arn:aws:s3:::[^/]+\/[^/]+\/).+$/, '$1*');
}
