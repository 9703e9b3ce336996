/**
 * A master playlist with the variants and the tracks of its first audio group alone. A film with 5.1 lists each variant with stereo and
 * again with 5.1: hls.js takes the latter for higher qualities, and its menus have each quality and language twice.
 * @see https://datatracker.ietf.org/doc/html/draft-pantos-hls-rfc8216bis-17#section-4.4.6.2
 */
export function firstAudioGroup(playlist: string): string {
  const lines = playlist.split('\n');
  const groups = lines.filter((line) => line.startsWith(variantTag)).map(audioGroupOf);
  const [first] = groups;
  if (first === undefined || groups.every((group) => group === first)) return playlist;
  return lines
    .filter((line, index) => {
      if (line.startsWith(audioTag)) return line.includes(`GROUP-ID="${first}"`);
      // The line after the tag of a variant has its URI.
      const variant = [line, lines[index - 1] ?? ''].find((one) => one.startsWith(variantTag));
      return variant === undefined || audioGroupOf(variant) === first;
    })
    .join('\n');
}

const variantTag = '#EXT-X-STREAM-INF:';
const audioTag = '#EXT-X-MEDIA:TYPE=AUDIO,';

function audioGroupOf(line: string): string | undefined {
  return /[:,]AUDIO="([^"]*)"/.exec(line)?.[1];
}
