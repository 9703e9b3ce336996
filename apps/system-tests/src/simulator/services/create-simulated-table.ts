import { ledgerTableDefinition } from '@fyrestream/cloud';
import { serviceError } from '../service-error.ts';
import type { Simulation } from '../simulation.ts';
import { type ConsumedUnits, indexWrites, readUnits, writeUnits } from './consumed-units.ts';
import { createSortedMap, type SortedMap } from './create-sorted-map.ts';
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
  readonly ConsistentRead?: boolean;
  readonly Limit?: number;
  readonly ScanIndexForward?: boolean;
  readonly ExclusiveStartKey?: Item;
}

/** The table of the ledger: conditional writes on items, eventually consistent indexes. */
export interface SimulatedTable {
  execute(command: Command): object;
}

/** The items of a table or an index by partition, in the order of their sort keys. */
interface Partitions {
  readonly name: string | null;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly items: Map<string, SortedMap<Item>>;
}

/**
 * @param onWrite called with each item that is written
 * @param onConsumed called with the units that each request takes from each partition
 */
export function createSimulatedTable(
  { time, random, faults }: Simulation,
  onWrite: (item: Item) => void,
  onConsumed?: (consumed: ConsumedUnits) => void,
): SimulatedTable {
  const items = new Map<string, Item>();
  const indexed = new Map<string, { writtenAt: number; item: Item }>();
  const { indexes } = ledgerTableDefinition;
  const table: Partitions = { name: null, ...tableKeys, items: new Map() };
  const partitionsOfIndex = indexes.map((index): Partitions => ({ ...index, items: new Map() }));
  let writes = 0;

  const write = (address: string, item: Item) => {
    replace(table, items.get(address), item);
    items.set(address, item);
    onWrite(item);
    if (item.statusIndex === undefined && item.owedIndex === undefined && !indexed.has(address)) return;
    writes += 1;
    const image = { writtenAt: writes, item };
    const { maxIndexLagMilliseconds } = faults.rates;
    const updateIndexes = () => {
      const before = indexed.get(address);
      if ((before?.writtenAt ?? 0) >= image.writtenAt) return;
      indexed.set(address, image);
      for (const index of partitionsOfIndex) replace(index, before?.item, item);
    };
    if (maxIndexLagMilliseconds === 0) updateIndexes();
    else time.after(maxIndexLagMilliseconds * random.next(), updateIndexes);
  };
  const consumeWrite = (key: Item, before: Item | undefined, after: Item | undefined) => {
    if (onConsumed === undefined) return;
    const units = writeUnits(before, after);
    onConsumed({ index: null, partition: String(key.pk), kind: 'write', units });
    for (const index of indexes) for (const each of indexWrites(index, before, after)) onConsumed(each);
  };
  const check = (input: Input, key: Item, current: Item | undefined) => {
    const { ConditionExpression } = input;
    if (ConditionExpression === undefined || evaluateCondition(ConditionExpression, current ?? {}, input))
      return;
    consumeWrite(key, current, current);
    throw serviceError('ConditionalCheckFailedException', 'The conditional request failed');
  };
  const commands: Record<string, (input: Input) => object> = {
    GetCommand: ({ Key = {}, ConsistentRead = false }) => {
      const item = items.get(addressOf(Key));
      onConsumed?.({
        ...{ index: null, partition: String(Key.pk), kind: 'read' },
        units: readUnits(item === undefined ? [] : [item], ConsistentRead),
      });
      return item === undefined ? {} : { Item: item };
    },
    PutCommand: (input) => {
      const { Item: item = {} } = input;
      const current = items.get(addressOf(item));
      check(input, item, current);
      consumeWrite(item, current, item);
      write(addressOf(item), item);
      return {};
    },
    UpdateCommand: (input) => {
      const { Key = {}, UpdateExpression = '' } = input;
      const current = items.get(addressOf(Key));
      check(input, Key, current);
      const item = applyUpdate(UpdateExpression, current ?? Key, input);
      consumeWrite(Key, current, item);
      write(addressOf(Key), item);
      return { Attributes: item };
    },
    DeleteCommand: (input) => {
      const { Key = {} } = input;
      const address = addressOf(Key);
      const current = items.get(address);
      check(input, Key, current);
      consumeWrite(Key, current, undefined);
      replace(table, current, undefined);
      items.delete(address);
      for (const index of partitionsOfIndex) replace(index, indexed.get(address)?.item, undefined);
      indexed.delete(address);
      return {};
    },
    QueryCommand: (input) => {
      const { IndexName } = input;
      const queried =
        IndexName === undefined ? table : partitionsOfIndex.find(({ name }) => name === IndexName);
      if (queried === undefined) throw serviceError('ValidationException', `no index ${IndexName}`);
      const partition = partitionOf(input, queried);
      const answer = query(input, queried, partition);
      onConsumed?.({
        ...{ index: queried.name, partition, kind: 'read' },
        units: readUnits(answer.Items, input.ConsistentRead ?? false),
      });
      return answer;
    },
  };
  return {
    execute(command) {
      const execute = commands[command.constructor.name];
      if (execute === undefined) throw serviceError('ValidationException', command.constructor.name);
      return execute(command.input);
    },
  };
}

const tableKeys = {
  partitionKey: ledgerTableDefinition.partitionKey,
  sortKey: ledgerTableDefinition.sortKey,
};

function addressOf({ pk, sk }: Item): string {
  return `${pk} ${sk}`;
}

function orderOf(item: Item, sortKey: string): string {
  return `${item[sortKey]} ${addressOf(item)}`;
}

/** Items without the partition key are not in an index. */
function replace({ partitionKey, sortKey, items }: Partitions, before?: Item, after?: Item): void {
  const partitionBefore = before?.[partitionKey];
  if (before !== undefined && partitionBefore !== undefined) {
    items.get(String(partitionBefore))?.delete(orderOf(before, sortKey));
  }
  const partition = after?.[partitionKey];
  if (after === undefined || partition === undefined) return;
  const sorted = items.get(String(partition)) ?? createSortedMap<Item>();
  items.set(String(partition), sorted);
  sorted.set(orderOf(after, sortKey), after);
}

/** A key condition begins with the value of the partition key. */
function partitionOf(input: Input, { partitionKey }: Partitions): string {
  const [, name, placeholder = ''] = /^(\w+) = (:\w+)/.exec(input.KeyConditionExpression ?? '') ?? [];
  const partition = input.ExpressionAttributeValues?.[placeholder];
  if (name === partitionKey && typeof partition === 'string') return partition;
  throw serviceError('ValidationException', `no partition in ${input.KeyConditionExpression}`);
}

/** Where the sort keys that a key condition allows begin, where it says so. */
function firstSortKey({ KeyConditionExpression = '', ExpressionAttributeValues }: Input): string {
  const [, from = '', prefix = ''] =
    /BETWEEN (:\w+)|begins_with\(\w+, (:\w+)\)/.exec(KeyConditionExpression) ?? [];
  return String(ExpressionAttributeValues?.[from || prefix] ?? '');
}

function query(
  input: Input,
  { partitionKey, sortKey, items }: Partitions,
  partition: string,
): { Items: readonly Item[]; LastEvaluatedKey?: Item } {
  const { KeyConditionExpression = '', ScanIndexForward = true, ExclusiveStartKey } = input;
  const { Limit = Number.POSITIVE_INFINITY } = input;
  const start = ExclusiveStartKey && orderOf(ExclusiveStartKey, sortKey);
  const first = firstSortKey(input);
  const sorted = items.get(partition);
  const candidates = ScanIndexForward
    ? sorted?.ascending(start !== undefined && start > first ? start : first)
    : sorted?.descending(start);
  const page: Item[] = [];
  for (const item of candidates ?? []) {
    if (ScanIndexForward && orderOf(item, sortKey) === start) continue;
    if (!evaluateCondition(KeyConditionExpression, item, input)) {
      // The sort keys that a condition allows follow each other.
      if (page.length > 0) break;
      continue;
    }
    page.push(item);
    if (page.length === Limit) break;
  }
  const last = page.at(-1);
  if (last === undefined || page.length < Limit) return { Items: page };
  const keys = ['pk', 'sk', partitionKey, sortKey].map((name) => [name, last[name]]);
  return { Items: page, LastEvaluatedKey: Object.fromEntries(keys) };
}
