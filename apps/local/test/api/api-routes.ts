import type { Client } from '@fyrestream/client';

/** A JSON Schema of the OpenAPI document, as far as the tests read it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Route {
  readonly method: string;
  /** `/v1/jobs/{jobId}` */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Of the body; null if it has none. */
  readonly body: Schema | null;
  readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema: Schema }>> }>>;
}

export interface ApiDocument {
  readonly routes: readonly Route[];
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> };
  readonly responses: Route['responses'];
}

/** All routes that the API describes. */
export async function readApiDocument(client: Client): Promise<ApiDocument> {
  const document = (await (await client.send('/v1/openapi.json')).json()) as {
    paths: Record<string, Record<string, Operation>>;
    components: ApiDocument['components'];
  };
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody, responses }]) => ({
      ...{ path, parameters, responses },
      method: method.toUpperCase(),
      body: requestBody?.content['application/json']?.schema ?? null,
    })),
  );
  return { routes, components: document.components };
}
