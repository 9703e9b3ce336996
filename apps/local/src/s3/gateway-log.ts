type LogLine = (fields: Record<string, unknown>, message: string) => void;

/** The part of a pino logger that the gateway uses. */
export interface GatewayLog {
  readonly debug: LogLine;
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
}
