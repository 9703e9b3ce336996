import { ledgerTableDefinition } from '@fyrestream/cloud';
import { serviceError } from '../service-error.ts';
import type { Simulation } from '../simulation.ts';
import {
  applyUpdate,
  type ExpressionParameters,
  evaluateCondition,
  type Item,
} from './evaluate-expression.ts';

/** A command of the document client; the name of its class selects the operation. */
export interface Command {
  readonly input: Input;
}

interface Input extends ExpressionParameters {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly IndexName?: string;
  readonly Limit?: number;
  readonly ScanIndexForward?: boolean;
  readonly ExclusiveStartKey?: Item;
}

/** The table of the ledger: conditional writes on items, eventually consistent indexes. */
export interface SimulatedTable {
  execute(command: Command): object;
}

/** @param onWrite called with each item that is written */
export function createSimulatedTable(
  { time, random, faults }: Simulation,
  onWrite: (item: Item) => void,
): SimulatedTable {
  const items = new Map<string, Item>();
  const indexed = new Map<string, { writtenAt: number; item: Item }>();
  let writes = 0;

  const write = (address: string, item: Item) => {
    items.set(address, item);
    onWrite(item);
    if (item.statusIndex === undefined && item.owedIndex === undefined && !indexed.has(address)) return;
    writes += 1;
    const image = { writtenAt: writes, item };
    const { maxIndexLagMilliseconds } = faults.rates;
    const updateIndexes = () => {
      if ((indexed.get(address)?.writtenAt ?? 0) < image.writtenAt) indexed.set(address, image);
    };
    if (maxIndexLagMilliseconds === 0) updateIndexes();
    else time.after(maxIndexLagMilliseconds * random.next(), updateIndexes);
  };
  const check = (input: Input, current: Item | undefined) => {
    const { ConditionExpression } = input;
    if (ConditionExpression === undefined || evaluateCondition(ConditionExpression, current ?? {}, input))
      return;
    throw serviceError('ConditionalCheckFailedException', 'The conditional request failed');
  };
  const commands: Record<string, (input: Input) => object> = {
    GetCommand: ({ Key = {} }) => {
      const item = items.get(addressOf(Key));
      return item === undefined ? {} : { Item: item };
    },
    PutCommand: (input) => {
      const { Item: item = {} } = input;
      check(input, items.get(addressOf(item)));
      write(addressOf(item), item);
      return {};
    },
    UpdateCommand: (input) => {
      const { Key = {}, UpdateExpression = '' } = input;
      const current = items.get(addressOf(Key));
      check(input, current);
      const item = applyUpdate(UpdateExpression, current ?? Key, input);
      write(addressOf(Key), item);
      return { Attributes: item };
    },
    DeleteCommand: (input) => {
      const { Key = {} } = input;
      check(input, items.get(addressOf(Key)));
      items.delete(addressOf(Key));
      indexed.delete(addressOf(Key));
      return {};
    },
    QueryCommand: (input) =>
      input.IndexName === undefined
        ? query(input, [...items.values()], 'sk')
        : query(
            input,
            [...indexed.values()].map(({ item }) => item),
            sortKeyOf(input.IndexName),
          ),
  };
  return {
    execute(command) {
      const execute = commands[command.constructor.name];
      if (execute === undefined) throw serviceError('ValidationException', command.constructor.name);
      return execute(command.input);
    },
  };
}

function addressOf({ pk, sk }: Item): string {
  return `${pk} ${sk}`;
}

function sortKeyOf(indexName: string): string {
  const index = ledgerTableDefinition.indexes.find(({ name }) => name === indexName);
  if (index === undefined) throw serviceError('ValidationException', `no index ${indexName}`);
  return index.sortKey;
}

function query(input: Input, candidates: readonly Item[], sortKey: string): object {
  const { KeyConditionExpression = '', ScanIndexForward = true, Limit, ExclusiveStartKey } = input;
  const order = (item: Item) => `${item[sortKey]} ${addressOf(item)}`;
  const found = candidates
    .filter((item) => evaluateCondition(KeyConditionExpression, item, input))
    .sort((left, right) => (order(left) < order(right) ? -1 : 1));
  if (!ScanIndexForward) found.reverse();
  const isPast = (item: Item) =>
    ExclusiveStartKey === undefined ||
    (ScanIndexForward ? order(item) > order(ExclusiveStartKey) : order(item) < order(ExclusiveStartKey));
  const rest = found.filter(isPast);
  const page = rest.slice(0, Limit);
  const last = page.at(-1);
  if (last === undefined || page.length === rest.length) return { Items: page };
  return { Items: page, LastEvaluatedKey: { pk: last.pk, sk: last.sk, [sortKey]: last[sortKey] } };
}
