import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { encodePlanSchema } from '../plan/encode-plan.ts';
import { certificateSchema } from './certificate.ts';

const fixture = new URL('../../test/fixtures/certificate-of-0.1.0.json', import.meta.url);

it('reads a certificate and a plan that version 0.1.0 wrote', () => {
  const written = JSON.parse(readFileSync(fixture, 'utf8'));
  expect(certificateSchema.parse(written).source).toMatchObject({ leftOut: [], subtitles: [] });
  expect(encodePlanSchema.parse(written.plan)).toMatchObject({ version: 1, leftOut: [] });
});
