import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestLedger, type TestLedger } from '../../test/open-test-ledger.ts';
import { createEndpointStatesWithTable, type EndpointStates } from './endpoint-states.ts';

const endpoint = { name: 'studio', url: 'https://studio.example.com/hook' };
const failureAt = (minute: number, message = 'answered 500') => ({
  at: `2026-01-02T03:0${minute}:00.000Z`,
  reason: { code: 'webhook-refused', message, retryable: true },
});

let table: TestLedger;
let states: EndpointStates;
beforeEach(async () => {
  table = await openTestLedger();
  states = createEndpointStatesWithTable(table.documents, table.tableName);
});
afterEach(() => table.close());

it('an endpoint that works has no state, also after failures', async () => {
  expect(await states.read(endpoint)).toBeNull();
  await states.recordFailure(endpoint, failureAt(1));
  await states.clear(endpoint);
  expect(await states.read(endpoint)).toBeNull();
});

it('keeps the time of the first failure and the reason of the last', async () => {
  await states.recordFailure(endpoint, failureAt(1));
  const state = await states.recordFailure(endpoint, failureAt(2, 'answered 503'));
  expect(state).toEqual({ failingSince: failureAt(1).at, lastFailure: failureAt(2, 'answered 503') });
  expect(await states.read(endpoint)).toEqual(state);
});

it('a disabled endpoint stays disabled when a post that was under way fails', async () => {
  await states.disable(endpoint, failureAt(1));
  await states.recordFailure(endpoint, failureAt(2));
  await states.disable(endpoint, failureAt(3));
  expect(await states.read(endpoint)).toMatchObject({ disabledAt: failureAt(1).at });
});

it('an endpoint with a new URL starts afresh', async () => {
  await states.disable(endpoint, failureAt(1));
  expect(await states.read({ ...endpoint, url: 'https://studio.example.com/new' })).toBeNull();
  expect(await states.read({ ...endpoint, name: 'archive' })).toBeNull();
});
