import { expect, it } from 'vitest';
import { readXml } from './read-xml.ts';

it('refuses elements that are nested deeper than any document of S3', () => {
  const nested = (depth: number) => `<Delete>${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</Delete>`;
  expect(readXml(nested(5), 'Delete').childNames).toEqual(['a']);
  expect(() => readXml(nested(1_000), 'Delete')).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
});

it.each([
  ['an element called __proto__', '<Delete><__proto__><polluted>1</polluted></__proto__></Delete>'],
  ['a root called __proto__', '<__proto__><a>1</a></__proto__>'],
  [
    '200,000 elements inside each other',
    `<Delete>${'<a>'.repeat(200_000)}${'</a>'.repeat(200_000)}</Delete>`,
  ],
])('is not harmed by %s', (_case, document) => {
  const read = () => readXml(document, 'Delete').childNames;
  let names: readonly string[] = [];
  try {
    names = read();
  } catch (error) {
    expect(error).toMatchObject({ code: 'MalformedXML' });
  }
  expect(names.length).toBeLessThanOrEqual(1);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
