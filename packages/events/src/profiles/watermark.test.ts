import { expect, it } from 'vitest';
import { defaultLadderConfig } from '../ladder-config.ts';
import { profileOf } from './choose-making.ts';
import { stackProfilesOf } from './stack-profiles.ts';
import { uploadOptionsSchema } from './upload-options.ts';
import { watermarkSchema } from './watermark.ts';

it('needs an image and nothing else', () => {
  expect(watermarkSchema.parse({ image: 'brand/Zürich 1.png' })).toEqual({
    ...{ image: 'brand/Zürich 1.png', corner: 'bottom-right', size: 0.15, opacity: 1, margin: 0.05 },
  });
});

it.each([
  ['the prefix twice', { image: '/logo.png' }, 'image'],
  ['an address', { image: 's3://bucket/logo.png' }, 'image'],
  ['a folder', { image: 'brand/' }, 'image'],
  ['no image', {}, 'image'],
  ['a corner that there is not', { image: 'a.png', corner: 'middle' }, 'corner'],
  ['a size in pixels', { image: 'a.png', size: 120 }, 'size'],
  ['more than opaque', { image: 'a.png', opacity: 1.1 }, 'opacity'],
  ['a margin of half the picture', { image: 'a.png', margin: 0.5 }, 'margin'],
])('refuses %s by its field', (_case, watermark, field) => {
  const { error } = watermarkSchema.safeParse(watermark);
  expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
});

it('a profile has that of default, its own, or none', () => {
  const profiles = {
    default: { watermark: watermarkSchema.parse({ image: 'a.png' }) },
    own: { watermark: watermarkSchema.parse({ image: 'b.png', size: 0.3 }) },
    none: { watermark: 'off' as const },
    plain: {},
  };
  const stack = stackProfilesOf({ ladder: defaultLadderConfig, profiles, profileRules: [] });
  const imageOf = (name: string) => {
    const { watermark } = profileOf(name, stack.profiles).ladder;
    return watermark === 'off' ? 'off' : watermark.image;
  };
  expect(['default', 'own', 'none', 'plain'].map(imageOf)).toEqual(['a.png', 'b.png', 'off', 'a.png']);
});

it('the option of an upload is on or off', () => {
  expect(uploadOptionsSchema.parse({ watermark: false })).toEqual({ watermark: false });
  expect(uploadOptionsSchema.safeParse({ watermark: 'off' }).success).toBe(false);
});
