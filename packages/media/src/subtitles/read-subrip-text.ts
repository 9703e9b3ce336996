import { plainStyle, type StyledText } from './cue-text.ts';

/** Tags of SubRip files; other text between angle brackets is literal. */
const tagPattern = /<(\/?)(b|i|u|s|strike|font|span|p|br|c|ruby|rt)(?:[\s.=][^<>]*)?\/?>/gi;
/** Commands of ASS (`{\an8}`) and of MicroDVD (`{y:i}`) that occur in SubRip files. */
const commands = /\{\\[^}]*\}|\{[a-zA-Z]:[^}]*\}/g;

/** Converts the text of a SubRip cue: bold, italic and underline are kept, other markup is dropped. */
export function readSubripText(cue: string): StyledText[] {
  // Behind the last brace nothing ends: each opening brace there would be searched to the end of the cue.
  const commandsEnd = cue.lastIndexOf('}') + 1;
  const text = (cue.slice(0, commandsEnd).replaceAll(commands, '') + cue.slice(commandsEnd))
    .replaceAll('\\N', '\n')
    .replaceAll('\\h', ' ');
  const pieces: StyledText[] = [];
  const depth = { b: 0, i: 0, u: 0 };
  let end = 0;
  const push = (piece: string) =>
    pieces.push({
      text: piece,
      style: { ...plainStyle, bold: depth.b > 0, italic: depth.i > 0, underline: depth.u > 0 },
    });
  for (const match of text.matchAll(tagPattern)) {
    const [tag, slash, name = ''] = match;
    push(text.slice(end, match.index));
    end = match.index + tag.length;
    const key = name.toLowerCase();
    if (key === 'br') push('\n');
    if (key === 'b' || key === 'i' || key === 'u') depth[key] = Math.max(0, depth[key] + (slash ? -1 : 1));
  }
  push(text.slice(end));
  return pieces;
}
