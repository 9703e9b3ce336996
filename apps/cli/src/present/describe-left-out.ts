import type { LeftOut } from '@fyrestream/events';

/** `audio (stream 1): its codec is unknown to ffmpeg` */
export function describeLeftOut({ streamIndex, kind, why }: LeftOut): string {
  return `${kind}${streamIndex === null ? '' : ` (stream ${streamIndex})`}: ${why}`;
}
