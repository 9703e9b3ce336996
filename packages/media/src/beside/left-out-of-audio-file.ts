import type { LeftOut } from '@fyrestream/events';
import { fileName } from './file-name.ts';

/** @param why a clause that follows the name of the file */
export function leftOutOfAudioFile(key: string, why: string): LeftOut {
  return {
    streamIndex: null,
    kind: 'audio',
    why: `${fileName(key)}: not used: ${why.replaceAll(/\p{C}/gu, '?')}`,
  };
}
