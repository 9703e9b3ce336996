import fc from 'fast-check';
import { expect, it } from 'vitest';
import { metadataOfChoice } from './metadata-of-choice.ts';
import { parseMetadataChoice, uploadChoiceSchema } from './upload-choice.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });

it('metadata are ASCII, whatever the title, and say what was chosen', () => {
  fc.assert(
    fc.property(fc.record({ title: text, label: text }, { requiredKeys: [] }), (options) => {
      fc.pre(uploadChoiceSchema.safeParse({ options }).success);
      const metadata = metadataOfChoice({ profile: 'mobile', options });
      for (const value of Object.values(metadata)) expect(value).toMatch(/^[\u0020-\u007e]+$/);
      const { options: read = {} } = parseMetadataChoice(metadata);
      expect(read).toEqual(options);
    }),
    { examples: [[{ title: 'Größe 😀 \u2028' }]] },
  );
});

it('an upload that says nothing has no metadata', () => {
  expect(metadataOfChoice({})).toEqual({});
  expect(metadataOfChoice({ options: {} })).toEqual({});
});

it('refuses options that S3 would refuse, and says where they fit', () => {
  const audio = Array.from({ length: 64 }, () => ({ language: 'de', name: 'Fassung für Gehörlose' }));
  expect(() => metadataOfChoice({ options: { audio } })).toThrow(
    expect.objectContaining({
      code: 'options-too-long',
      message: expect.stringMatching(/take \d{4} bytes .* allows 2048: .*\.fyrestream\.json/),
    }),
  );
});
