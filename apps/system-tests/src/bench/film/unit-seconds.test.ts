import { settingsSchema } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { splitUnitSeconds, unsplitSeconds } from './unit-seconds.ts';

it('divides long material as a stack does that sets nothing, and shorter material in two', () => {
  expect(splitUnitSeconds(600)).toBe(settingsSchema.parse({}).unitSeconds);
  expect(splitUnitSeconds(60)).toBe(30);
  expect(splitUnitSeconds(4)).toBe(6);
});

it('uses lengths that the settings of a stack allow', () => {
  for (const unitSeconds of [splitUnitSeconds(1), unsplitSeconds]) {
    expect(settingsSchema.parse({ unitSeconds })).toMatchObject({ unitSeconds });
  }
});
