import fc from 'fast-check';
import type { ApiDocument, Parameter, Route, Schema } from './api-routes.ts';

/** A request as it goes over the wire: parts of it may be nonsense. */
export interface ArbitraryRequest {
  /** With its query, encoded. */
  readonly target: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** @param known values of parameters that exist, by the names of the parameters */
export function arbitraryRequest(
  route: Route,
  { components }: ApiDocument,
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<ArbitraryRequest> {
  const parameterText = ({ name, schema }: Parameter) =>
    fc.oneof(
      fc.constantFrom(...(known[name] ?? ['x'])),
      arbitraryValue(schema, components).map(String),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('..', '%', '%00', '0', '-1', '1e99', 'null', '[object Object]', 'a'.repeat(3_000)),
    );
  const values = route.parameters.map((parameter) =>
    fc.record({
      parameter: fc.constant(parameter),
      value: parameterText(parameter),
      isGiven: parameter.in === 'path' ? fc.constant(true) : fc.boolean(),
      isTwice: fc.boolean(),
    }),
  );
  const body =
    route.body === null
      ? fc.constant(undefined)
      : fc.oneof(
          {
            arbitrary: arbitraryValue(route.body, components).map((value) => JSON.stringify(value)),
            weight: 4,
          },
          fc.json(),
          fc.string({ maxLength: 100 }),
        );
  const contentType = fc.constantFrom(
    'application/json',
    'application/json',
    'text/plain',
    'multipart/form-data',
  );
  return fc
    .record({ values: fc.tuple(...values), body, contentType })
    .map(({ values: given, body: text, contentType: type }) => {
      const query = new URLSearchParams();
      let path = route.path;
      for (const { parameter, value, isGiven, isTwice } of given) {
        if (!isGiven) continue;
        if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, () => encode(value));
        else for (let times = isTwice ? 2 : 1; times > 0; times -= 1) query.append(parameter.name, value);
      }
      return {
        target: query.size === 0 ? path : `${path}?${query}`,
        method: route.method,
        headers: text === undefined ? {} : { 'content-type': type },
        body: text,
      };
    });
}

/** Half of a surrogate pair cannot be sent. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}

/** Values that a schema allows, and now and then others of their kind. */
function arbitraryValue(schema: Schema, components: ApiDocument['components']): fc.Arbitrary<unknown> {
  const of = (inner: Schema) => arbitraryValue(inner, components);
  if (schema.$ref !== undefined) {
    const found = components.schemas[schema.$ref.split('/').at(-1) ?? ''];
    return found === undefined ? fc.anything() : of(found);
  }
  if (schema.enum !== undefined) return fc.oneof(fc.constantFrom(...schema.enum), fc.string());
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(of));
  if (schema.allOf !== undefined)
    return fc.tuple(...schema.allOf.map(of)).map((parts) => Object.assign({}, ...(parts as object[])));
  switch ([schema.type].flat()[0]) {
    case 'object':
      return arbitraryObject(schema, of);
    case 'array':
      return fc.array(of(schema.items ?? {}), { maxLength: 5 });
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({ min: schema.minimum ?? -10, max: Math.min(schema.maximum ?? 2 ** 53, 2 ** 53) }),
        fc.double(),
        fc.constantFrom(0, -1, 2 ** 53),
      );
    case 'boolean':
      return fc.boolean();
    case 'string':
      return arbitraryText(schema);
    default:
      return fc.anything();
  }
}

function arbitraryObject(
  schema: Schema,
  of: (inner: Schema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const entries = Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, of(inner)] as const);
  const model = Object.fromEntries(entries);
  const whole = fc.record(model, { requiredKeys: (schema.required ?? []) as never[] });
  return fc.oneof(
    { arbitrary: whole, weight: 4 },
    fc.record(model, { requiredKeys: [] }),
    fc.record({ ...model, unknown: fc.anything() }),
  );
}

function arbitraryText({ pattern, format }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined && !/\\p|\(\?/.test(pattern) && format === undefined)
    return fc.oneof(fc.stringMatching(new RegExp(pattern)), fc.string());
  if (format === 'date-time')
    return fc
      .date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
  return fc.string({ unit: 'binary', maxLength: 60 });
}
