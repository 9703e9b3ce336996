import type { JobLogLine } from '@fyrestream/cloud';
import { z } from 'zod';
import type { Terminal } from '../terminal.ts';
import { type Colour, toOneLine } from '../terminal-text.ts';
import { formatTime } from './format-values.ts';

/** A line of our own parts; other lines are those of a runtime or of a crash. */
const entrySchema = z.looseObject({
  level: z.string(),
  msg: z.string().optional(),
  time: z.string().optional(),
  name: z.string().optional(),
  jobId: z.string().optional(),
});

const levelColours: Readonly<Record<string, Colour>> = { warn: 'yellow', error: 'red', fatal: 'red' };
const partColumns = 10;

/** One line: time, part, message and fields, as `2026-11-30 10:00:00 UTC worker    unit-done unitId=audio seconds=3.2`. */
export function formatLogLine(
  { part, time, text }: JobLogLine,
  { colour }: Pick<Terminal, 'colour'>,
): string {
  const start = `${formatTime(time)} ${part.padEnd(partColumns)}`;
  const entry = entrySchema.safeParse(parse(text));
  if (!entry.success) return `${start}${toOneLine(text)}`;
  const { level, msg = '', time: _time, name: _name, jobId: _jobId, ...fields } = entry.data;
  const shown = Object.entries(fields).map(([name, value]) => `${name}=${formatField(value)}`);
  const severity = levelColours[level];
  const message = severity === undefined ? msg : colour(severity, msg);
  return `${start}${[message, ...shown.map(toOneLine)].join(' ')}`;
}

function formatField(value: unknown): string {
  return typeof value === 'string' && !/[\s"=]/.test(value) ? value : JSON.stringify(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
