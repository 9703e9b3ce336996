import { expect, it } from 'vitest';
import { createProgram } from './create-program.ts';
import { createTerminal } from './terminal.ts';

const program = createProgram({
  terminal: createTerminal(process.stdout, process.stderr),
  interrupted: new AbortController().signal,
});

it.each(program.commands.map((command) => [command.name(), command] as const))(
  'the help of %s has examples with options that exist',
  (name, command) => {
    const help: string[] = [];
    command.configureOutput({ writeOut: (text) => help.push(text) });
    command.outputHelp();
    const examples = help.join('').split('Examples:\n')[1]?.trimEnd().split('\n') ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(example).toMatch(new RegExp(`^ {2}\\$ npx pnpm fyrestream ${name}( |$)`));
      for (const [option] of example.matchAll(/--[a-z-]+/g)) {
        expect(command.options.map(({ long }) => long)).toContain(option);
      }
    }
  },
);
