import { MediaRefusal } from '../media-refusal.ts';
import type { SniffedContainer } from './sniff-container.ts';

/** The refusal of what was positively seen to be no media; an empty file shows nothing that could be named. */
export function sniffRefusal({ code, content }: SniffedContainer & { kind: 'refused' }): MediaRefusal {
  return code === 'empty-file' ? new MediaRefusal(code) : new MediaRefusal(code, `It is ${content}.`);
}
