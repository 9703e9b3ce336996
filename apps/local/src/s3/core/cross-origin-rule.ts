/** One CORSRule of a bucket. */
export interface CrossOriginRule {
  readonly id?: string;
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds?: number;
}

export interface CrossOriginRequest {
  readonly origin: string;
  readonly method: string;
  /** The headers that a preflight lists; empty for the request itself. */
  readonly requestHeaders: readonly string[];
}

/** The response headers of the first rule that allows the request; undefined where none does. */
export function crossOriginHeaders(
  rules: readonly CrossOriginRule[],
  request: CrossOriginRequest,
): Record<string, string> | undefined {
  const rule = rules.find((one) => allows(one, request));
  if (rule === undefined) return undefined;
  const anyOrigin = rule.allowedOrigins.includes('*');
  const headers: Record<string, string> = {
    'access-control-allow-origin': anyOrigin ? '*' : request.origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
  if (!anyOrigin) headers['access-control-allow-credentials'] = 'true';
  if (request.requestHeaders.length > 0) {
    headers['access-control-allow-headers'] = request.requestHeaders.join(', ');
  }
  if (rule.exposeHeaders.length > 0) headers['access-control-expose-headers'] = rule.exposeHeaders.join(', ');
  if (rule.maxAgeSeconds !== undefined) headers['access-control-max-age'] = String(rule.maxAgeSeconds);
  return headers;
}

function allows(rule: CrossOriginRule, request: CrossOriginRequest): boolean {
  return (
    rule.allowedMethods.includes(request.method) &&
    rule.allowedOrigins.some((pattern) => matches(pattern, request.origin)) &&
    request.requestHeaders.every((header) => rule.allowedHeaders.some((pattern) => matches(pattern, header)))
  );
}

/** A pattern has at most one `*`. The comparison is case-insensitive, as for header names. */
function matches(pattern: string, text: string): boolean {
  const [head = '', tail] = pattern.toLowerCase().split('*');
  const lower = text.toLowerCase();
  if (tail === undefined) return lower === head;
  return lower.length >= head.length + tail.length && lower.startsWith(head) && lower.endsWith(tail);
}
