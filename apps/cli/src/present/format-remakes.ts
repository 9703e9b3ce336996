import { divideByBudget, type RemakeProposal } from '@fyrestream/operations';
import { drawTable } from './draw-table.ts';
import { formatCount, formatDollars } from './format-values.ts';

/** One line for each video that is made anew, or is not for a reason that somebody should know. */
export function drawRemakes(proposals: readonly RemakeProposal[]): string {
  const rows = proposals
    .filter(({ reason }) => reason?.code !== 'unchanged')
    .map(({ key, profile, kept, encoded, keepsAudio, costEstimateUsd, reason }) =>
      reason === null
        ? [
            ...[key, profile, tracks(kept, keepsAudio === true), tracks(encoded, keepsAudio === false)],
            formatDollars(costEstimateUsd),
          ]
        : [key, profile || '-', '-', reason.message, '-'],
    );
  if (rows.length === 0) return '';
  return drawTable(['VIDEO', 'PROFILE', 'KEPT', 'ENCODED', 'PRICE'], rows, [
    ...['left', 'left', 'left', 'left'].map(() => 'left' as const),
    'right',
  ]);
}

/** The sum of all, as one sentence. */
export function sumRemakes(proposals: readonly RemakeProposal[]): string {
  const made = proposals.filter(({ reason }) => reason === null);
  const count = (of: (one: RemakeProposal) => number) => made.reduce((sum, one) => sum + of(one), 0);
  const unchanged = proposals.filter(({ reason }) => reason?.code === 'unchanged').length;
  const notMade = proposals.length - made.length - unchanged;
  return [
    `${formatCount(made.length, 'video')}: ${formatCount(
      count(({ kept }) => kept.length),
      'rendition',
    )} kept, ${count(({ encoded }) => encoded.length)} encoded, about ${formatDollars(
      count(({ costEstimateUsd }) => costEstimateUsd),
    )} in all`,
    ...(unchanged > 0 ? [`${unchanged} already as their profile wants them`] : []),
    ...(notMade > 0 ? [`${notMade} cannot be made anew`] : []),
  ].join('; ');
}

/** How many of them a budget would pay for, as one sentence. */
export function reachOfBudget(proposals: readonly RemakeProposal[], budgetUsd: number): string {
  const { within, left } = divideByBudget(proposals, budgetUsd);
  const [next] = left;
  const reached = `a budget of ${formatDollars(budgetUsd)} is enough for`;
  if (next === undefined) return `${reached} all`;
  return `${reached} ${formatCount(within.length, 'video')}: ${left.length} would be left, from ${next.key} on`;
}

/** `h264 1080 720, hevc 1080, audio` */
function tracks(ids: readonly string[], hasAudio: boolean): string {
  const codecs = [...new Set(ids.map((id) => id.slice(0, id.indexOf('-'))))];
  const groups = codecs.map((codec) => {
    const own = ids.filter((id) => id.startsWith(`${codec}-`));
    return [codec, ...own.map((id) => id.slice(codec.length + 1))].join(' ');
  });
  return [...groups, ...(hasAudio ? ['audio'] : [])].join(', ') || '-';
}
