import fc from 'fast-check';

/** Every value of a random expression, by its placeholder. */
const values: Readonly<Record<string, unknown>> = {
  ':minusOne': -1,
  ':zero': 0,
  ':one': 1,
  ':two': 2,
  ':open': 'open',
  ':claim': 'claim',
  ':claimed': 'claimed',
  ':early': '2026-01-01T00:00:00.000Z',
  ':late': '2026-01-01T00:00:00.500Z',
  ':null': null,
  ':true': true,
  ':false': false,
};
const numbers = [':minusOne', ':zero', ':one', ':two'];
const strings = [':open', ':claim', ':claimed', ':early', ':late'];
const names = ['state', 'token', 'owner', 'version', 'leaseUntil', 'progress'];

const anyName = fc.constantFrom(...names.map((name) => `#${name}`));
const anyNumber = fc.constantFrom(...numbers);
const anyString = fc.constantFrom(...strings);
const anyComparable = fc.oneof(anyNumber, anyString);
const anyValue = fc.constantFrom(...Object.keys(values));

/** Attributes of an item; each may be missing or of any type. */
export const randomAttributes = fc.dictionary(
  fc.constantFrom(...names),
  anyValue.map((placeholder) => values[placeholder]),
  { noNullPrototype: true },
);

/** Condition expressions of the operators that the ledger uses, in random combinations. */
export const randomCondition: fc.Arbitrary<string> = fc.letrec<{
  condition: string;
  test: string;
  combination: string;
}>((tie) => ({
  condition: fc.oneof({ maxDepth: 3, withCrossShrink: true }, tie('test'), tie('combination')),
  test: fc.oneof(
    join(anyName, fc.constantFrom(' = ', ' <> '), anyValue),
    // DynamoDB orders numbers and strings only.
    join(anyName, fc.constantFrom(' < ', ' <= ', ' > ', ' >= '), anyComparable),
    join(fc.constantFrom('attribute_exists', 'attribute_not_exists'), '(', anyName, ')'),
    join('begins_with(', anyName, ', ', anyString, ')'),
  ),
  combination: fc.oneof(
    join(tie('condition'), fc.constantFrom(' AND ', ' OR '), tie('condition')),
    join('NOT ', tie('test')),
    join(tie('test'), fc.constantFrom(' AND ', ' AND NOT ', ' OR '), '(', tie('combination'), ')'),
  ),
})).condition;

const anySum = join(
  fc.oneof(anyName, join('if_not_exists(', anyName, ', ', anyNumber, ')')),
  fc.constantFrom(' + ', ' - '),
  anyNumber,
);
const anyNewValue = fc.oneof(
  { weight: 3, arbitrary: anyValue },
  anyName,
  join('if_not_exists(', anyName, ', ', anyValue, ')'),
  { weight: 2, arbitrary: anySum },
);

/** Update expressions; DynamoDB refuses two changes of one attribute, so each attribute occurs once. */
export const randomUpdate: fc.Arbitrary<string> = fc
  .uniqueArray(fc.tuple(anyName, fc.option(anyNewValue, { freq: 4 })), {
    selector: ([name]) => name,
    minLength: 1,
  })
  .map((changes) => {
    const set = changes.flatMap(([name, value]) => (value === null ? [] : [`${name} = ${value}`]));
    const removed = changes.flatMap(([name, value]) => (value === null ? [name] : []));
    return [
      ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
      ...(removed.length > 0 ? [`REMOVE ${removed.join(', ')}`] : []),
    ].join(' ');
  });

/** The names and values that some expressions use: DynamoDB refuses all others. */
export function parametersOf(...expressions: readonly (string | null)[]) {
  const placeholders = new Set(expressions.join(' ').match(/[#:]\w+/g) ?? []);
  const used = (prefix: string) => [...placeholders].filter((name) => name.startsWith(prefix));
  const usedNames = used('#').map((name) => [name, name.slice(1)]);
  const usedValues = used(':').map((name) => [name, values[name]]);
  return {
    ...(usedNames.length > 0 && { ExpressionAttributeNames: Object.fromEntries(usedNames) }),
    ...(usedValues.length > 0 && { ExpressionAttributeValues: Object.fromEntries(usedValues) }),
  };
}

function join(...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  const arbitraries = parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part));
  return fc.tuple(...arbitraries).map((texts) => texts.join(''));
}
