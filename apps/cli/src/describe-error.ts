import { CommanderError } from 'commander';
import { diskFullMessage } from '../setup/setup-error.mjs';
import { InterruptionError } from './interruption-error.ts';
import { UsageError } from './usage-error.ts';

/** The command has failed and has already printed why. */
export class ReportedError extends Error {}

/** Thrown by the parser after it has printed the help or the version. */
const printedByParser = new Set(['commander.helpDisplayed', 'commander.version']);

/** 0 after help, 2 for a usage error, 1 for a failure, 128 + the number of the signal for a command that was stopped. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return printedByParser.has(error.code) ? 0 : 2;
  if (error instanceof UsageError) return 2;
  return error instanceof InterruptionError ? error.exitCode : 1;
}

/** One sentence for a person about any thrown value; null where it has already been printed. */
export function errorMessage(error: unknown): string | null {
  if (error instanceof ReportedError) return null;
  if (error instanceof CommanderError) return parserMessage(error);
  if (isFyrestreamFailure(error)) return error.message;
  if (!(error instanceof Error)) return `Unexpected error: ${String(error)}.`;
  const code = systemCodeOf(error);
  if (code === 'EADDRINUSE') return 'The port is in use: choose another with --port, or omit --port.';
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') {
    return 'The cloud does not answer: is it still running?';
  }
  if (code === 'ENOSPC') return diskFullMessage;
  if (isServiceFailure(error)) return `The cloud refused the call: ${error.name}: ${oneLine(error.message)}`;
  if (code !== undefined) return `The system refused: ${oneLine(error.message)}`;
  return `${error.name}: ${oneLine(error.message)} (put --debug before the command to see the stack trace)`;
}

/** Turns the message of the parser into one sentence: `error: unknown option '--x'`, and a suggestion on its own line. */
function parserMessage(error: CommanderError): string | null {
  if (printedByParser.has(error.code) || error.code === 'commander.help') return null;
  const words = oneLine(error.message.replace(/^error: /, ''));
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.)?]$/.test(words) ? '' : '.'}`;
}

/** Checks properties, not the class: the local cloud is loaded separately from this bundle and has its own copy of the class. */
function isFyrestreamFailure(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && 'retryable' in error;
}

function isServiceFailure(error: Error): boolean {
  return '$metadata' in error;
}

/** Node reports several refused addresses of one host as an AggregateError, which has the code too. */
function systemCodeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ');
}
