/** The HTTP status of each error that an operation may throw; 500 for all others. */
const statuses: Readonly<Record<string, number>> = {
  'bad-cursor': 400,
  'options-too-long': 400,
  'job-not-found': 404,
  'no-webhooks': 404,
  'nothing-published': 404,
  'outputs-missing': 404,
  'object-missing': 404,
  'plan-missing': 404,
  'step-refused': 409,
  'log-groups-unknown': 409,
  'ledger-contention': 409,
  'precondition-failed': 409,
  'object-access-denied': 502,
  'log-unreadable': 502,
  'clock-skewed': 503,
  'credentials-rejected': 503,
  'service-throttled': 503,
  'service-unavailable': 503,
  'encryption-key-unavailable': 503,
};

export function statusOfCode(code: string): number {
  return statuses[code] ?? 500;
}
