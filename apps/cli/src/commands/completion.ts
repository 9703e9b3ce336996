import { Argument, type Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { bashCompletion } from '../completion/bash-completion.ts';
import { describeCommands, describeGlobalOptions } from '../completion/describe-commands.ts';
import { fishCompletion } from '../completion/fish-completion.ts';
import { zshCompletion } from '../completion/zsh-completion.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
type Shell = keyof typeof scripts;

export function addCompletionCommand(program: Command, { terminal }: CommandContext): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell that reads it').choices(Object.keys(scripts)))
    .action((shell: Shell) => {
      const script = scripts[shell](
        program.name(),
        describeCommands(program),
        describeGlobalOptions(program),
      );
      terminal.print(script.trimEnd());
    });
}
