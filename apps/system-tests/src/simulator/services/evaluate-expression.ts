import { serviceError } from '../service-error.ts';

export type Item = Readonly<Record<string, unknown>>;

/** The parameters of an expression. */
export interface ExpressionParameters {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

type Evaluate = (item: Item, parameters: ExpressionParameters) => unknown;
type Update = (item: Item, parameters: ExpressionParameters) => Item;

const conditions = new Map<string, Evaluate>();
const updates = new Map<string, Update>();

/**
 * Whether a condition or key condition of DynamoDB holds for an item, for the subset that the ledger uses.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function evaluateCondition(expression: string, item: Item, parameters: ExpressionParameters): boolean {
  let evaluate = conditions.get(expression);
  if (evaluate === undefined) {
    const tokens = tokensOf(expression);
    evaluate = parseOr(tokens);
    expect(tokens, undefined);
    conditions.set(expression, evaluate);
  }
  return evaluate(item, parameters) === true;
}

/** The item after an update expression (`SET a = b, …`, `REMOVE a, …`). */
export function applyUpdate(expression: string, item: Item, parameters: ExpressionParameters): Item {
  let update = updates.get(expression);
  if (update === undefined) {
    update = parseUpdate(tokensOf(expression));
    updates.set(expression, update);
  }
  return update(item, parameters);
}

function tokensOf(expression: string): string[] {
  return expression.match(/[:#]?\w+|<>|<=|>=|[=<>(),+-]/g) ?? [];
}

function expect(tokens: string[], wanted: string | undefined): void {
  const token = tokens.shift();
  if (token !== wanted) throw unsupported(`${wanted ?? 'the end'} expected, not ${token}`);
}

function parseOr(tokens: string[]): Evaluate {
  let left = parseAnd(tokens);
  while (tokens[0] === 'OR') {
    tokens.shift();
    const [one, other] = [left, parseAnd(tokens)];
    left = (item, parameters) => one(item, parameters) || other(item, parameters);
  }
  return left;
}

function parseAnd(tokens: string[]): Evaluate {
  let left = parseNot(tokens);
  while (tokens[0] === 'AND') {
    tokens.shift();
    const [one, other] = [left, parseNot(tokens)];
    left = (item, parameters) => one(item, parameters) && other(item, parameters);
  }
  return left;
}

function parseNot(tokens: string[]): Evaluate {
  if (tokens[0] === 'NOT') {
    tokens.shift();
    const inner = parseNot(tokens);
    return (item, parameters) => !inner(item, parameters);
  }
  if (tokens[0] === '(') {
    tokens.shift();
    const inner = parseOr(tokens);
    expect(tokens, ')');
    return inner;
  }
  const left = parseSum(tokens);
  if (tokens[0] === 'BETWEEN') {
    tokens.shift();
    const from = parseSum(tokens);
    expect(tokens, 'AND');
    const to = parseSum(tokens);
    return (item, parameters) => {
      const value = left(item, parameters);
      const isIn = (low: unknown, high: unknown) => low === high || isLess(low, high);
      return isIn(from(item, parameters), value) && isIn(value, to(item, parameters));
    };
  }
  const compare = comparisons[tokens[0] ?? ''];
  if (compare === undefined) return left;
  tokens.shift();
  const right = parseSum(tokens);
  return (item, parameters) => compare(left(item, parameters), right(item, parameters));
}

/** A missing attribute is neither equal to a value nor less than it. */
const comparisons: Record<string, (left: unknown, right: unknown) => boolean> = {
  '=': (left, right) => left !== undefined && left === right,
  '<>': (left, right) => left !== right,
  '<': isLess,
  '<=': (left, right) => left === right || isLess(left, right),
  '>': (left, right) => isLess(right, left),
  '>=': (left, right) => left === right || isLess(right, left),
};

function isLess(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  return typeof left === 'string' && typeof right === 'string' && left < right;
}

function parseSum(tokens: string[]): Evaluate {
  let left = parseOperand(tokens);
  while (tokens[0] === '+' || tokens[0] === '-') {
    const sign = tokens.shift() === '+' ? 1 : -1;
    const [one, other] = [left, parseOperand(tokens)];
    left = (item, parameters) => numberOf(one(item, parameters)) + sign * numberOf(other(item, parameters));
  }
  return left;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw invalid('an operand of + or - is not a number');
  return value;
}

const functions: Record<string, (...values: unknown[]) => unknown> = {
  attribute_exists: (value) => value !== undefined,
  attribute_not_exists: (value) => value === undefined,
  begins_with: (value, prefix) => typeof value === 'string' && value.startsWith(String(prefix)),
  if_not_exists: (value, otherwise) => (value === undefined ? otherwise : value),
};

function parseOperand(tokens: string[]): Evaluate {
  const token = tokens.shift() ?? '';
  const call = functions[token];
  if (call !== undefined) {
    expect(tokens, '(');
    const values: Evaluate[] = [parseSum(tokens)];
    while (tokens[0] === ',') {
      tokens.shift();
      values.push(parseSum(tokens));
    }
    expect(tokens, ')');
    return (item, parameters) => call(...values.map((value) => value(item, parameters)));
  }
  if (token.startsWith(':')) return (_, parameters) => parameters.ExpressionAttributeValues?.[token];
  return (item, parameters) => item[nameOf(token, parameters)];
}

function nameOf(token: string, { ExpressionAttributeNames }: ExpressionParameters): string {
  if (!token.startsWith('#')) return token;
  const name = ExpressionAttributeNames?.[token];
  if (name === undefined) throw unsupported(`the name ${token} is not defined`);
  return name;
}

function parseUpdate(tokens: string[]): Update {
  const changes: ((
    before: Item,
    after: Record<string, unknown>,
    parameters: ExpressionParameters,
  ) => void)[] = [];
  let clause = '';
  while (tokens.length > 0) {
    if (tokens[0] === 'SET' || tokens[0] === 'REMOVE') clause = tokens.shift() ?? '';
    else if (tokens[0] === ',') tokens.shift();
    const name = tokens.shift() ?? '';
    if (clause === 'REMOVE') {
      changes.push((_, after, parameters) => delete after[nameOf(name, parameters)]);
      continue;
    }
    if (clause !== 'SET') throw unsupported(`${name} outside SET and REMOVE`);
    expect(tokens, '=');
    const value = parseSum(tokens);
    changes.push((before, after, parameters) => {
      const newValue = value(before, parameters);
      if (newValue === undefined) throw invalid('a value refers to an attribute that the item does not have');
      after[nameOf(name, parameters)] = newValue;
    });
  }
  return (before, parameters) => {
    const after = { ...before };
    for (const change of changes) change(before, after, parameters);
    return after;
  };
}

function invalid(what: string): Error {
  return serviceError('ValidationException', `Invalid expression: ${what}`);
}

function unsupported(what: string): Error {
  return serviceError('ValidationException', `The simulated table does not support this expression: ${what}`);
}
