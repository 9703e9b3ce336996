import { once } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import { openUrl } from '../../setup/open-url.mjs';
import type { CommandContext } from '../command-context.ts';
import { errorMessage } from '../describe-error.ts';
import { consoleUrlOf } from '../stack/console-url.ts';
import { findLocalConsole } from '../stack/find-local-console.ts';
import { serveStackConsole } from '../stack/serve-stack-console.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';

interface ConsoleOptions extends StackOptions {
  readonly port: number;
  readonly open: boolean;
}

/** Always the same, so that the source bucket of a stack can allow uploads from the page. */
const defaultPort = 8520;

export function addConsoleCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('console'))
    .description(
      'serve the API and the console of a stack on 127.0.0.1 until stopped, with your credentials; show those of a local cloud',
    )
    .option('--port <number>', 'port of a stack', portNumber, defaultPort)
    .option('--no-open', 'only print the URL')
    .action((options: ConsoleOptions) => runConsole(options, context));
}

async function runConsole(
  { port, open, ...options }: ConsoleOptions,
  { terminal, interrupted }: CommandContext,
) {
  const show = (url: string) => {
    terminal.print(`console at ${url}`);
    if (open && terminal.outputScreen !== null) openUrl(url);
  };
  // A local cloud serves its own.
  if (options.stack === undefined) return show(await findLocalConsole(options));
  const server = await serveStackConsole(options.stack, port, (error) =>
    terminal.note(`a request failed: ${errorMessage(error)}`),
  );
  show(consoleUrlOf(server));
  if (!interrupted.aborted) await once(interrupted, 'abort');
  await server.close();
}

const maxPort = 65_535;

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= maxPort) return port;
  throw new InvalidArgumentError(`A port is a whole number from 1 to ${maxPort}.`);
}
