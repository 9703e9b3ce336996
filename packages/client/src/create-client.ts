import createFetchClient, { type Client as FetchClient, type FetchResponse } from 'openapi-fetch';
import { apiErrorOf } from './api-error.ts';
import type { paths } from './api-schema.ts';

export interface ClientOptions {
  /** Of the API: `http://127.0.0.1:8502`. */
  readonly baseUrl: string;
  /** For an API on this machine: the token that its command prints. */
  readonly token?: string;
  /** For an API on AWS: a `fetch` that signs requests with Signature Version 4 for the service `lambda`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** The routes of the API, typed by its OpenAPI document. */
export interface Client {
  readonly baseUrl: string;
  /** `client.api.GET('/v1/jobs', { params: { query: { status: 'failed' } } })`; see openapi-fetch. */
  readonly api: FetchClient<paths>;
  /** Sends any other request to the API, with the token. @throws ApiError unless the answer is a success */
  readonly send: (path: string, init?: RequestInit) => Promise<Response>;
}

export function createClient({ baseUrl, token, fetch = globalThis.fetch }: ClientOptions): Client {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const base = baseUrl.replace(/\/$/, '');
  return {
    baseUrl: base,
    api: createFetchClient<paths>({ baseUrl: base, headers, fetch: (request) => fetch(request) }),
    send: async (path, init = {}) => {
      const all = new Headers(init.headers);
      for (const [name, value] of Object.entries(headers)) all.set(name, value);
      const response = await fetch(new Request(base + path, { ...init, headers: all }));
      if (!response.ok) throw await apiErrorOf(response);
      return response;
    },
  };
}

/**
 * What a route answers.
 * @throws ApiError for every other answer
 */
// biome-ignore lint/suspicious/noExplicitAny: the parameters of openapi-fetch
export async function resultOf<Answer extends FetchResponse<any, any, any>>(
  answer: Promise<Answer>,
): Promise<NonNullable<Answer['data']>> {
  const { data, error, response } = await answer;
  if (response.ok) return data as NonNullable<Answer['data']>;
  throw await apiErrorOf(response, error);
}
