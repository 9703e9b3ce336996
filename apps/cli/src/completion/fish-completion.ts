import type { CompletedCommand, CompletedOption, CompletedValue } from './describe-commands.ts';

/** @see https://fishshell.com/docs/current/cmds/complete.html */
export function fishCompletion(
  program: string,
  commands: readonly CompletedCommand[],
  globalOptions: readonly CompletedOption[],
): string {
  const start = `complete -c ${program}`;
  const none = `${start} -n '__${program}_in'`;
  return [
    `# Whether the command is this one; without an argument, whether there is none yet.`,
    `function __${program}_in`,
    `  for word in (commandline -opc)[2..]`,
    `    string match -q -- '-*' $word; and continue`,
    `    test "$word" = "$argv[1]"`,
    `    return`,
    `  end`,
    `  test -z "$argv[1]"`,
    `end`,
    `${none} -f`,
    ...globalOptions.map((option) => `${none} ${optionOf(option)}`),
    ...commands.map(({ name, description }) => `${none} -a ${quote(name)} -d ${quote(description)}`),
    ...commands.flatMap(({ name, options, arguments: values }) => {
      const within = `${start} -n '__${program}_in ${name}'`;
      const words = values.flatMap((value) => value.words);
      return [
        `${within} ${values.some(({ isFile }) => isFile) ? '-F' : '-f'}`,
        ...(words.length > 0 ? [`${within} -a ${quote(words.join(' '))}`] : []),
        ...options.map((option) => `${within} ${optionOf(option)}`),
      ];
    }),
    '',
  ].join('\n');
}

function optionOf({ flags, description, value }: CompletedOption): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  return [...names, ...(value === null ? [] : [valueOptions(value)]), `-d ${quote(description)}`].join(' ');
}

/** `-r`: it takes a value; `-x`: which is no file. */
function valueOptions({ words, isFile }: CompletedValue): string {
  if (words.length > 0) return `-x -a ${quote(words.join(' '))}`;
  return isFile ? '-r -F' : '-x';
}

/** In single quotes fish reads only these two escapes. */
function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
