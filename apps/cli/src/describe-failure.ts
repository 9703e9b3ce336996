import { CommanderError } from 'commander';
import { Interruption } from './interruption.ts';
import { UsageError } from './usage-error.ts';

/** A command did what it could and has said itself what went wrong. */
export class AlreadyReported extends Error {}

/** What the parser throws when it has said what was asked for. */
const asked = new Set(['commander.helpDisplayed', 'commander.version']);

/** 0 for help, 2 for what was typed wrong, 1 for what failed, 128 + the signal's number for what was stopped. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return asked.has(error.code) ? 0 : 2;
  if (error instanceof UsageError) return 2;
  return error instanceof Interruption ? error.exitCode : 1;
}

/** One sentence for a person, whatever was thrown; null where nothing is left to say. */
export function sentenceOf(error: unknown): string | null {
  if (error instanceof AlreadyReported) return null;
  if (error instanceof CommanderError) return sentenceOfParser(error);
  if (isFyrestreamFailure(error)) return error.message;
  if (!(error instanceof Error)) return `Something unexpected happened: ${String(error)}.`;
  const code = systemCodeOf(error);
  if (code === 'EADDRINUSE') return 'The port is taken: choose another with --port, or leave it out.';
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') {
    return 'The cloud does not answer any more: is it still running?';
  }
  if (isServiceFailure(error)) return `The cloud refused the call: ${error.name}: ${oneLine(error.message)}`;
  if (code !== undefined) return `The system refused: ${oneLine(error.message)}`;
  return `${error.name}: ${oneLine(error.message)} (run the command with --debug in front to see where)`;
}

/** The parser's own words, as a sentence: `error: unknown option '--x'` and, on a line of its own, what was meant. */
function sentenceOfParser(error: CommanderError): string | null {
  if (asked.has(error.code) || error.code === 'commander.help') return null;
  const words = oneLine(error.message.replace(/^error: /, ''));
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.)?]$/.test(words) ? '' : '.'}`;
}

/** By its facts and not by its class: the local cloud is loaded beside this bundle and brings classes of its own. */
function isFyrestreamFailure(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && 'retryable' in error;
}

function isServiceFailure(error: Error): boolean {
  return '$metadata' in error;
}

/** Node puts several refused addresses of one host into an AggregateError that carries the code too. */
function systemCodeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ');
}
