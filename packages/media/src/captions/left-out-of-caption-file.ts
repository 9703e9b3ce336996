import type { LeftOut } from '@fyrestream/events';
import { fileName } from '../beside/file-name.ts';
import { CaptionRefusal } from './caption-refusal.ts';

/**
 * @param reason what is left out of the file, or the refusal of all of it
 * @throws any other error as it is
 */
export function leftOutOfCaptionFile(key: string, reason: unknown): LeftOut {
  if (typeof reason !== 'string' && !(reason instanceof CaptionRefusal)) throw reason;
  const why = typeof reason === 'string' ? reason : `not used: ${reason.message}`;
  return {
    streamIndex: null,
    kind: 'captions',
    why: `${fileName(key)}: ${why.replaceAll(/\p{C}/gu, '?')}`,
  };
}
