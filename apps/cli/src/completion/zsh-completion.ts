import type { CompletedCommand, CompletedOption, CompletedValue } from './describe-commands.ts';
import { quoteForShell } from './quote-for-shell.ts';

/**
 * A script that a file in `fpath` may hold, or that is read after `compinit`.
 * @see https://zsh.sourceforge.io/Doc/Release/Completion-System.html
 */
export function zshCompletion(
  program: string,
  commands: readonly CompletedCommand[],
  globalOptions: readonly CompletedOption[],
): string {
  const described = commands.map(({ name, description }) => quoteForShell(`${name}:${description}`));
  return `#compdef ${program}
_${program}() {
  local -a commands
  commands=(
    ${described.join('\n    ')}
  )
  while (( CURRENT > 2 )) && [[ "$words[2]" == -* ]]; do
    shift words
    (( CURRENT-- ))
  done
  if (( CURRENT == 2 )); then
    if [[ "$words[2]" == -* ]]; then
      _arguments ${globalOptions.flatMap(optionSpecs).join(' ')}
    else
      _describe -t commands command commands
    fi
    return
  fi
  shift words
  (( CURRENT-- ))
  case "$words[1]" in
${commands.map(commandCase).join('\n')}
  esac
}
if [[ "$funcstack[1]" == _${program} ]]; then
  _${program} "$@"
else
  compdef _${program} ${program}
fi
`;
}

function commandCase({ name, options, arguments: values }: CompletedCommand): string {
  const specs = [
    ...options.flatMap(optionSpecs),
    ...values.map((value, index) =>
      quoteForShell(`${index === values.length - 1 ? '*' : ''}:${escapeSpec(value.name)}:${actionOf(value)}`),
    ),
  ];
  return `    ${name})\n      _arguments \\\n        ${specs.join(' \\\n        ')}\n      ;;`;
}

function optionSpecs({ flags, description, value }: CompletedOption): string[] {
  const end = value === null ? '' : `:${escapeSpec(value.name)}:${actionOf(value)}`;
  return flags.map((flag) => quoteForShell(`${flag}[${escapeSpec(description)}]${end}`));
}

/** What completes a value. A blank one says that there is nothing to choose from. */
function actionOf({ words, isFile }: CompletedValue): string {
  if (words.length === 0) return isFile ? '_files' : ' ';
  const choices = words.map(escapeSpec).join(' ');
  return isFile ? `{_alternative "words:word:(${choices})" "files:file:_files"}` : `(${choices})`;
}

/** Colons and brackets divide a specification. */
function escapeSpec(text: string): string {
  return text.replaceAll(/[\\:[\]]/g, '\\$&');
}
