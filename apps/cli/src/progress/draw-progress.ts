import { describeQueue } from '@fyrestream/operations';
import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import { formatSeconds, formatSpeed } from '../present/format-values.ts';
import type { ScreenSize } from '../terminal-screen.ts';
import { type FileProgress, isOver, isWaiting, secondsLeft } from './file-progress.ts';

const spinnerFrames = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];
const spinnerMilliseconds = 100;
/** The longest usual text beside a bar: `assembling, 59m 59s, 59m 59s left`. */
const detailColumns = 33;
const barColumns = { min: 8, max: 40 };
const percentColumns = 4;
const minNameColumns = 8;

/**
 * The lines that show the progress of several files: those that are not over and fit, the ones at work first, then a line
 * with the numbers of all. Every line is shorter than `columns`, and there are fewer lines than `rows`, so that nothing
 * scrolls.
 * @param now in milliseconds since 1970
 */
export function drawProgress(
  files: readonly FileProgress[],
  { columns, rows }: ScreenSize,
  now: number,
): string[] {
  const unfinished = files.filter((file) => !isOver(file));
  const ordered = [
    ...unfinished.filter((file) => !isWaiting(file)),
    ...unfinished.filter((file) => isWaiting(file)),
  ];
  const spinner = spinnerFrames[Math.floor(now / spinnerMilliseconds) % spinnerFrames.length] ?? '';
  const hasSummary = files.length > 1;
  const width = columns - 1;
  const shown = ordered.slice(0, Math.max(0, rows - 1 - Number(hasSummary)));
  const nameColumns = nameColumnsFor(shown, width);
  const lines = shown.map((file) => `${spinner} ${drawFile(file, { nameColumns, width: width - 2, now })}`);
  if (hasSummary) lines.push(`${spinner} ${drawSummary(files, now)}`);
  return lines.slice(0, Math.max(1, rows - 1)).map((line) => cliTruncate(line, width));
}

function nameColumnsFor(files: readonly FileProgress[], width: number): number {
  const longest = Math.max(0, ...files.map(({ name }) => stringWidth(name)));
  return Math.min(longest, Math.max(minNameColumns, Math.floor(width * 0.3)));
}

function drawFile(
  file: FileProgress,
  { nameColumns, width, now }: { nameColumns: number; width: number; now: number },
): string {
  // Names often differ only at their ends.
  const name = cliTruncate(file.name, nameColumns, { position: 'middle' });
  const start = `${name}${' '.repeat(nameColumns - stringWidth(name))} `;
  const left = width - nameColumns - 1;
  if (isWaiting(file) && file.latest?.phase !== 'uploaded')
    return `${start}${joinFitting(detailsOf(file, now), left)}`;
  const barSpace = left - percentColumns - 2 - detailColumns;
  const bar =
    barSpace < barColumns.min ? '' : `${drawBar(file.fraction, Math.min(barSpace, barColumns.max))} `;
  const percent = `${Math.floor(file.fraction * 100)}%`.padStart(percentColumns);
  const measures = file.latest?.phase === 'making' ? bar.replaceAll('━', ' ') : `${bar}${percent} `;
  return `${start}${measures}${joinFitting(detailsOf(file, now), left - measures.length)}`;
}

/** What is said of a file, the most important first. */
function detailsOf(file: FileProgress, now: number): string[] {
  const { latest } = file;
  if (latest === null) return ['waits for its turn'];
  const { phase, waitsFor, queue, speed } = latest;
  const remaining = secondsLeft(file, now);
  return [
    waitsFor === undefined ? phase : `waits for ${waitsFor}`,
    ...(queue ? [describeQueue(queue)] : []),
    formatSeconds((now - (file.startedAt ?? now)) / 1_000),
    ...(remaining === null ? [] : [`${formatSeconds(remaining)} left`]),
    ...(speed === undefined ? [] : [formatSpeed(speed)]),
  ];
}

/** As many of the parts as fit; of the first one as much as fits. */
function joinFitting([first = '', ...parts]: readonly string[], columns: number): string {
  let joined = first;
  for (const part of parts) {
    const longer = `${joined}, ${part}`;
    if (longer.length > columns) break;
    joined = longer;
  }
  return joined;
}

function drawBar(fraction: number, columns: number): string {
  const done = Math.floor(fraction * columns);
  return '━'.repeat(done) + '─'.repeat(columns - done);
}

function drawSummary(files: readonly FileProgress[], now: number): string {
  const over = files.filter(isOver);
  const ended = (phase: string) => over.filter(({ latest }) => latest?.phase === phase).length;
  const failed = ended('failed');
  const held = ended('held');
  const cancelled = ended('cancelled');
  const waiting = files.filter((file) => !isOver(file) && isWaiting(file)).length;
  const working = files.length - over.length - waiting;
  const counts: [number, string][] = [
    [failed, 'failed'],
    [held, 'held'],
    [cancelled, 'cancelled'],
    [working, 'at work'],
  ];
  return [
    `${waiting} queued, ${over.length - failed - held - cancelled} done`,
    ...counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
    formatSeconds((now - Math.min(...files.map(({ startedAt }) => startedAt ?? now))) / 1_000),
  ].join(', ');
}
