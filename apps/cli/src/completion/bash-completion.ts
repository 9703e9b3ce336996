import type { CompletedCommand, CompletedOption } from './describe-commands.ts';
import { quoteForShell } from './quote-for-shell.ts';

/**
 * A script for bash 3.2 and later; it needs no other package. Where it has no words, bash completes files.
 * @see https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html
 */
export function bashCompletion(
  program: string,
  commands: readonly CompletedCommand[],
  globalOptions: readonly CompletedOption[],
): string {
  const names = commands.map(({ name }) => name);
  return `_${program}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local command="" words="" options="" before="" isValue="" index
  COMPREPLY=()
  # Bash divides \`key=value\` into three words.
  if [[ "$current" == "=" ]]; then
    before="$previous=" current="" previous="\${COMP_WORDS[COMP_CWORD-2]}"
  elif [[ "$previous" == "=" ]] && ((COMP_CWORD > 2)); then
    before="\${COMP_WORDS[COMP_CWORD-2]}=" previous="\${COMP_WORDS[COMP_CWORD-3]}"
  fi
  [[ "$before" == -* ]] && previous="\${before%=}" before=""
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${COMP_WORDS[index]}" in
      -*) ;;
      *) command="\${COMP_WORDS[index]}"; break ;;
    esac
  done
  case "$command $previous" in
${commands.flatMap(({ name, options }) => options.flatMap((option) => valueCase(name, option))).join('\n')}
  esac
  [[ -z "$isValue" ]] && case "$command" in
    '') words=${wordList(names)}; options=${wordList(globalOptions.flatMap(({ flags }) => flags))} ;;
${commands.map(commandCase).join('\n')}
  esac
  [[ "$current" == -* && -z "$isValue" ]] && words="$options"
  [[ -n "$words" ]] && COMPREPLY=($(compgen -W "$words" -- "$before$current"))
  [[ -n "$before" ]] && COMPREPLY=("\${COMPREPLY[@]#"$before"}")
  # A value follows at once. Bash 3.2 has no \`compopt\`, and adds a space.
  [[ "\${COMPREPLY[*]}" == *= ]] && compopt -o nospace 2> /dev/null
}
complete -o bashdefault -o default -F _${program} ${program}
`;
}

function valueCase(command: string, { flags, value }: CompletedOption): string[] {
  if (value === null) return [];
  const patterns = flags.map((flag) => quoteForShell(`${command} ${flag}`)).join(' | ');
  return [`    ${patterns}) words=${wordList(value.words)} isValue=1 ;;`];
}

function commandCase({ name, options, arguments: values }: CompletedCommand): string {
  const words = values.flatMap((value) => value.words);
  const flags = options.flatMap((option) => option.flags);
  return `    ${quoteForShell(name)}) words=${wordList(words)}; options=${wordList(flags)} ;;`;
}

function wordList(words: readonly string[]): string {
  return quoteForShell(words.join(' '));
}
