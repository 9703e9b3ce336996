import type { Cue } from './cue.ts';
import type { Pace } from './pace.ts';

/** Cue times are media times, which also start at 0. Source: RFC 8216, 3.5. */
const timestampMap = 'X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000';

/** Renders a WebVTT file for HLS and DASH, cues in order of their start. */
export async function renderWebVtt(cues: readonly Cue[], pace: Pace): Promise<string> {
  const inOrder = cues.toSorted((left, right) => left.startMilliseconds - right.startMilliseconds);
  const blocks: string[] = [];
  for (const { startMilliseconds, endMilliseconds, text } of inOrder) {
    await pace(text.length);
    blocks.push(`${formatWebVttTime(startMilliseconds)} --> ${formatWebVttTime(endMilliseconds)}\n${text}\n`);
  }
  return [`WEBVTT\n${timestampMap}\n`, ...blocks].join('\n');
}

/** `00:01.500`, with hours where there are any. */
export function formatWebVttTime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = `${two(minutes % 60)}:${two(seconds % 60)}.${String(milliseconds % 1_000).padStart(3, '0')}`;
  return hours === 0 ? rest : `${two(hours)}:${rest}`;
}
