import { expect, it } from 'vitest';
import { planScenes } from './plan-scenes.ts';

it.each([1, 4, 60, 61])('fills %i s exactly', (seconds) => {
  const scenes = planScenes(seconds);
  expect(scenes.reduce((sum, { frames }) => sum + frames, 0)).toBe(seconds * 30);
});

it('cuts every few seconds, as films do', () => {
  const scenes = planScenes(60);
  expect(scenes.length).toBeGreaterThanOrEqual(15);
  expect(Math.max(...scenes.map(({ frames }) => frames))).toBeLessThanOrEqual(150);
});

it('makes the same scenes in each run, and no two alike in a minute', () => {
  const filters = planScenes(60).map((scene) => scene.filters);
  expect(planScenes(60).map((scene) => scene.filters)).toEqual(filters);
  const moving = filters.filter((text) => !text.startsWith('testsrc2'));
  expect(new Set(moving).size).toBe(moving.length);
});
