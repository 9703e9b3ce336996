import {
  DeleteObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { type Fixture, refusalOf } from './conformance-target.ts';

/** More than one page of the largest size. */
const manyKeys = 1_005;
const writersAtOnce = 25;

export function describeListing(fixture: () => Fixture) {
  const put = (Key: string) =>
    fixture().client.send(new PutObjectCommand({ Bucket: fixture().bucket, Key, Body: 'x' }));
  const list = (input: Partial<ListObjectsV2CommandInput>) =>
    fixture().client.send(new ListObjectsV2Command({ Bucket: fixture().bucket, ...input }));
  const fill = async (names: readonly string[]) => {
    const prefix = fixture().key('');
    for (const name of names) await put(prefix + name);
    return prefix;
  };
  const collect = async (input: Partial<ListObjectsV2CommandInput>, pageSize: number) => {
    const pages = paginateListObjectsV2(
      { client: fixture().client, pageSize },
      { Bucket: fixture().bucket, ...input },
    );
    const keys: string[] = [];
    const prefixes: string[] = [];
    for await (const page of pages) {
      keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
      prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix));
    }
    return { keys, prefixes };
  };

  describe('lists', () => {
    it('pages through more keys than one page holds, each once and in order', async () => {
      const prefix = fixture().key('');
      const keys = Array.from(
        { length: manyKeys },
        (_, index) => `${prefix}${String(index).padStart(5, '0')}`,
      );
      const remaining = [...keys];
      const writers = Array.from({ length: writersAtOnce }, async () => {
        for (let key = remaining.pop(); key !== undefined; key = remaining.pop()) await put(key);
      });
      await Promise.all(writers);
      const first = await list({ Prefix: prefix });
      expect(first).toMatchObject({ KeyCount: 1000, MaxKeys: 1000, IsTruncated: true });
      expect((await collect({ Prefix: prefix }, 1000)).keys).toEqual(keys);
      expect((await collect({ Prefix: prefix, StartAfter: keys[989] ?? '' }, 7)).keys).toEqual(
        keys.slice(990),
      );
    });

    it('orders keys by their UTF-8 bytes', async () => {
      const names = ['A', 'B/', 'a', 'a ', 'a/b', 'ab', 'é', '\ue000', '\uffee', '🎬'];
      const prefix = await fill([...names].reverse());
      const { keys } = await collect({ Prefix: prefix }, 3);
      expect(keys.map((key) => key.slice(prefix.length))).toEqual(names);
    });

    it('groups by delimiter, and counts groups towards a page', async () => {
      const prefix = await fill(['a', 'b/1', 'b/2', 'b/3/4', 'c', 'd/', 'd/5', 'e']);
      const all = await list({ Prefix: prefix, Delimiter: '/' });
      expect(all.Contents?.map(({ Key }) => Key)).toEqual([`${prefix}a`, `${prefix}c`, `${prefix}e`]);
      expect(all.CommonPrefixes).toEqual([{ Prefix: `${prefix}b/` }, { Prefix: `${prefix}d/` }]);
      expect(all.KeyCount).toBe(5);
      for (const pageSize of [1, 2, 3]) {
        const { keys, prefixes } = await collect({ Prefix: prefix, Delimiter: '/' }, pageSize);
        expect(keys).toEqual([`${prefix}a`, `${prefix}c`, `${prefix}e`]);
        expect(prefixes).toEqual([`${prefix}b/`, `${prefix}d/`]);
      }
    });

    it('pages by markers in version 1, without a key or a group twice', async () => {
      const prefix = await fill(['a', 'b/1', 'b/2', 'c+ é', 'd/', 'd/5', 'e']);
      for (const [pageSize, delimiter] of [
        [1, '/'],
        [2, '/'],
        [3, undefined],
      ] as const) {
        const found: string[] = [];
        let marker: string | undefined;
        do {
          const page = await fixture().client.send(
            new ListObjectsCommand({
              Bucket: fixture().bucket,
              Prefix: prefix,
              Delimiter: delimiter,
              MaxKeys: pageSize,
              Marker: marker,
            }),
          );
          const keys = (page.Contents ?? []).map(({ Key = '' }) => Key);
          const groups = (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix);
          expect(keys.length + groups.length).toBeLessThanOrEqual(pageSize);
          found.push(...keys, ...groups);
          marker = page.IsTruncated ? (page.NextMarker ?? keys.at(-1)) : undefined;
        } while (marker !== undefined);
        const names = found.map((key) => key.slice(prefix.length)).toSorted();
        expect(names).toEqual(
          delimiter ? ['a', 'b/', 'c+ é', 'd/', 'e'] : ['a', 'b/1', 'b/2', 'c+ é', 'd/', 'd/5', 'e'],
        );
      }
    });

    it('takes any text as prefix and delimiter', async () => {
      const prefix = await fill(['x--y--z', 'x--y', 'x & <y>']);
      const page = await list({ Prefix: `${prefix}x-`, Delimiter: '--' });
      // The delimiter is looked for behind the prefix only.
      expect(page.CommonPrefixes).toEqual([{ Prefix: `${prefix}x--y--` }]);
      expect(page.Contents).toMatchObject([{ Key: `${prefix}x--y` }]);
      expect((await list({ Prefix: `${prefix}x & <` })).Contents).toMatchObject([
        { Key: `${prefix}x & <y>` },
      ]);
    });

    it('encodes keys where asked to', async () => {
      const prefix = await fill(['a b+é/\u0001']);
      const page = await list({ Prefix: prefix, EncodingType: 'url' });
      expect(page.Contents?.[0]?.Key).toBe(`${prefix}a+b%2B%C3%A9/%01`);
    });

    it('leaves out what is behind a delete marker', async () => {
      const prefix = await fill(['a', 'b']);
      await fixture().client.send(new DeleteObjectCommand({ Bucket: fixture().bucket, Key: `${prefix}a` }));
      expect((await list({ Prefix: prefix })).Contents).toMatchObject([{ Key: `${prefix}b` }]);
    });

    it('answers an empty page for nothing, and refuses a token of nobody', async () => {
      const prefix = fixture().key('nothing');
      expect(await list({ Prefix: prefix })).toMatchObject({ KeyCount: 0, IsTruncated: false });
      expect(await list({ Prefix: prefix, MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
      expect(await refusalOf(list({ Prefix: prefix, ContinuationToken: 'nonsense' }))).toEqual({
        code: 'InvalidArgument',
        status: 400,
      });
    });
  });
}
