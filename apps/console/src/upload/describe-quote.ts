import type { Quote } from '../api/views.ts';
import { formatCount, formatDollars } from '../format/quantities.ts';
import { formatSeconds } from '../format/times.ts';

/** `5 renditions up to 1920×1080` */
export function describeRenditions({ renditions }: Quote): string {
  const largest = renditions.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  if (largest === undefined) return 'audio only';
  return `${formatCount(renditions.length, 'rendition')} up to ${largest.width}×${largest.height}`;
}

/** `about $0.03 and 2m on AWS` */
export function describePrice({ dollarsOnSpot, dollarsOnDemand, elapsedSeconds, isCharged }: Quote): string {
  const price =
    dollarsOnSpot === dollarsOnDemand
      ? formatDollars(dollarsOnDemand)
      : `${formatDollars(dollarsOnSpot)} to ${formatDollars(dollarsOnDemand)}`;
  return `${price}, ${formatSeconds(elapsedSeconds)}${isCharged ? '' : ' on AWS'}`;
}
