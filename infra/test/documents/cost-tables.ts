import { defaultLadderConfig, type Settings, settingsSchema } from '@fyrestream/events';
import { estimateCost, fargatePrices, sizeTask, workOfSource } from '@fyrestream/media';
import { type CostItem, idleCost, totalCost } from '../../src/cost/idle-cost.ts';
import { names } from '../permissions/test-stack.ts';

const defaults = settingsSchema.parse({});

/** Monthly cost of a stack without uploads, for each kind of network. */
export function idleCostTable(): string {
  const natModes: readonly Settings['nat'][] = ['single', 'per-az', 'none'];
  const bills = [
    idleCost({ ...defaults, network: 'economy' }, names, 'us-east-1'),
    ...natModes.map((nat) => idleCost({ ...defaults, nat }, names, 'us-east-1')),
  ];
  const itemNames = [...new Set(bills.flatMap((bill) => bill.map(({ what }) => what)))];
  const cell = (bill: readonly CostItem[], what: string) => {
    const item = bill.find((candidate) => candidate.what === what);
    return item ? (item.count * item.dollars).toFixed(2) : '–';
  };
  return table(
    ['US dollars per month', '`network: economy`', ...natModes.map((mode) => `\`nat: ${mode}\``)],
    [
      ...itemNames.map((what) => [what, ...bills.map((bill) => cell(bill, what))]),
      ['**total**', ...bills.map((bill) => `**${totalCost(bill).toFixed(2)}**`)],
    ],
  );
}

/**
 * MediaConvert, Basic tier, AVC, up to 30 frames per second, us-east-1, per minute of output.
 * Secondary sources; https://aws.amazon.com/mediaconvert/pricing/ is the authority.
 */
const mediaConvertDollarsPerMinute = { sd: 0.0075, hd: 0.015 };

/** Outputs of the default ladder in MediaConvert's classes: HD from 720 lines. */
const outputs = { hd: 2, sd: 3 };

/** Cost of encoding one hour of Full HD with the default ladder. */
export function encodingCostTable(): string {
  const hour = { sizeBytes: 2_250_000_000, durationSeconds: 3600, width: 1920, height: 1080 };
  const work = workOfSource(hour, defaultLadderConfig);
  const task = sizeTask(work);
  const { sd, hd } = mediaConvertDollarsPerMinute;
  const mediaConvert = 60 * (outputs.hd * hd + outputs.sd * sd);
  const machines = (['x86_64', 'arm64'] as const).map((machine) => ({
    machine,
    ...estimateCost(work, task, fargatePrices({ region: 'us-east-1', architecture: machine })),
  }));
  const compare = (dollars: number) => `${(mediaConvert / dollars).toFixed(0)} times cheaper`;
  return table(
    ['one hour of Full HD, five rungs', 'US dollars', 'compared with MediaConvert'],
    [
      ...machines.flatMap(({ machine, dollars, dollarsOnSpot }) => [
        [`Fargate Spot, ${machine}`, dollarsOnSpot.toFixed(2), compare(dollarsOnSpot)],
        [`Fargate on demand, ${machine}`, dollars.toFixed(2), compare(dollars)],
      ]),
      ['MediaConvert Basic, list price', mediaConvert.toFixed(2), ''],
    ],
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map((_cell, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
  ].join('\n');
}
