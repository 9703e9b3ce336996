import { MediaRefusal } from '../media-refusal.ts';
import type { SniffedContainer } from './sniff-container.ts';

/** The refusal of a file that is certainly not media, with its format; an empty file has none. */
export function sniffRefusal({ code, content }: SniffedContainer & { kind: 'refused' }): MediaRefusal {
  return code === 'empty-file' ? new MediaRefusal(code) : new MediaRefusal(code, `It is ${content}.`);
}
