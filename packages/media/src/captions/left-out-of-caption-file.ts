import type { LeftOut } from '@fyrestream/events';
import { CaptionRefusal } from './caption-refusal.ts';

/** The file name of a key for people: control characters and marks of direction could change what a terminal shows. */
export function captionFileName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).replaceAll(/\p{C}/gu, '?');
}

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
    why: `${captionFileName(key)}: ${why.replaceAll(/\p{C}/gu, '?')}`,
  };
}
