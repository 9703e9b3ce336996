import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { describeApi } from '../src/create-api.ts';

const document = JSON.parse(describeApi());
const operations = Object.values(document.paths as Record<string, Record<string, Operation>>).flatMap(
  Object.values<Operation>,
);

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly responses: Record<string, { content?: Record<string, unknown> }>;
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1 for an independent validator', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('is the one in the documentation, from which the client is generated', () => {
    expect(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')).toBe(describeApi());
  });

  it('names each operation once and describes it', () => {
    expect(operations.length).toBeGreaterThan(15);
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const { summary, tags } of operations) expect([summary.length > 0, tags.length]).toEqual([true, 1]);
  });

  it('describes the problems of each operation', () => {
    for (const { responses } of operations) {
      expect(Object.keys(responses.default?.content ?? {})).toEqual(['application/problem+json']);
    }
  });
});
