import { type Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { formatToolSettings, type ToolFormat, toolFormats, toolVariables } from '../present/tool-settings.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';

interface EnvOptions extends StackOptions {
  readonly format: ToolFormat;
  readonly json?: true;
}

export function addEnvCommand(program: Command, { terminal }: CommandContext): void {
  withStackOptions(program.command('env'))
    .description('print address, region, keys and buckets for other S3 tools')
    .addOption(
      new Option('--format <format>', 'exports for a shell, or a configuration file of a tool')
        .choices(toolFormats)
        .default('shell'),
    )
    .option('--json', 'one line of JSON')
    .action(async (options: EnvOptions) => {
      const variables = toolVariables(await openStack(options));
      terminal.print(
        options.json ? JSON.stringify(variables) : formatToolSettings(variables, options.format),
      );
    });
}
