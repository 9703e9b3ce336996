import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildVideoTrack } from '../../test/build-track-manifest.ts';
import { probeOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { readSourceFacts } from '../facts/read-source-facts.ts';
import { createPresentation } from '../playlists/presentation.ts';
import { renderMasterPlaylist } from '../playlists/render-master-playlist.ts';
import { hlsReferencedFiles } from '../verify/referenced-files.ts';
import { fitChapters } from './fit-chapters.ts';
import { planChapters } from './plan-chapters.ts';
import { renderChapters } from './render-chapters.ts';

const listed = (start: number, end: number | undefined, title?: string) => ({
  ...{ start_time: `${start}`, tags: title === undefined ? {} : { title } },
  ...(end !== undefined && { end_time: `${end}` }),
});
const factsWith = (chapters: unknown[]) =>
  readSourceFacts({ ...(probeOf([videoStream()]) as object), chapters }, 'matroska');
const titlesOf = (...titles: string[]) =>
  factsWith(titles.map((title, index) => listed(index, index + 1, title))).chapters.map(({ title }) => title);

describe('the text of a title', () => {
  it('is one line without controls, of at most 200 characters', () => {
    expect(titlesOf('  Intro\r\n\u0000part 2 ', '\u202egnp.exe', 'x'.repeat(300), '\ud83d', ' \n ')).toEqual([
      ...['Intro part 2', 'gnp.exe', 'x'.repeat(200), '\ufffd', null],
    ]);
  });

  it('keeps every script, and joined characters', () => {
    const titles = ['Größe', '日本', 'नमस्ते', '👩‍👩‍👧', 'שלום'];
    expect(titlesOf(...titles)).toEqual(titles);
  });

  it('cannot end its cue, and is a valid one', () => {
    const [track] = renderChapters(fitChapters(factsWith([listed(0, 2, 'a --> b & <i>c')]).chapters, 2));
    expect(track?.text).toBe('WEBVTT\n\n00:00.000 --> 00:02.000\na --&gt; b &amp; &lt;i&gt;c\n');
  });
});

describe('planned chapters', () => {
  it('are on the clock of the output', () => {
    const facts = factsWith([listed(10, 12.1, 'One'), listed(12.1, 14, 'Two')]);
    expect(planChapters(facts, 10, 4)).toEqual({
      chapters: [
        { startSeconds: 0, endSeconds: 2.1, title: 'One' },
        { startSeconds: 2.1, endSeconds: 4, title: 'Two' },
      ],
      leftOut: [],
    });
  });

  it('of a trimmed source begin with the one that lasts into the trim', () => {
    const facts = factsWith([listed(0, 2, 'One'), listed(2, 6, 'Two'), listed(6, 8, 'Three')]);
    const { chapters, leftOut } = planChapters(facts, 3, 2.5);
    expect(fitChapters(chapters, 2.5)).toEqual([
      { startMilliseconds: 0, endMilliseconds: 2_500, title: 'Two' },
    ]);
    expect(leftOut.map(({ why }) => why)).toEqual([
      '1 chapters: they end before the beginning',
      '1 chapters: they begin after the end',
    ]);
  });

  it('say what is left out: after the end, without a time, more than 1,000', () => {
    const late = planChapters(factsWith([listed(0, 1), listed(4, 5), listed(9, 10), { id: 3 }]), 0, 4);
    expect(late.leftOut.map(({ why }) => why)).toEqual([
      '2 chapters: they begin after the end',
      '1 chapters: they have no time',
    ]);
    const many = planChapters(
      factsWith(Array.from({ length: 1_500 }, (_, at) => listed(at, at + 1))),
      0,
      null,
    );
    expect(many.chapters).toHaveLength(1_000);
    expect(many.leftOut.map(({ why }) => why)).toEqual(['500 chapters: only 1000 are published']);
  });
});

describe('published chapters', () => {
  const chapter = (startSeconds: number, endSeconds: number, title: string | null = null) => ({
    ...{ startSeconds, endSeconds, title },
  });

  it('end with the film, follow each other and are numbered where they have no title', () => {
    const chapters = [chapter(-3, 2, 'Intro'), chapter(1.5, 1.5), chapter(1.5, 9), chapter(4, 99, 'End')];
    expect(fitChapters(chapters, 5.04)).toEqual([
      { startMilliseconds: 0, endMilliseconds: 1_500, title: 'Intro' },
      { startMilliseconds: 1_500, endMilliseconds: 4_000, title: 'Chapter 2' },
      { startMilliseconds: 4_000, endMilliseconds: 5_040, title: 'End' },
    ]);
  });

  it('are within the film and do not overlap, whatever a source says', () => {
    const times = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
    const durations = fc.double({ noNaN: true, min: 0.001, max: 1e6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(times, times), { maxLength: 20 }), durations, (pairs, seconds) => {
        const facts = factsWith(pairs.map(([start, end]) => listed(start, end)));
        const fitted = fitChapters(planChapters(facts, 0, seconds).chapters, seconds);
        let last = 0;
        for (const { startMilliseconds, endMilliseconds } of fitted) {
          expect(startMilliseconds).toBeGreaterThanOrEqual(last);
          expect(endMilliseconds).toBeGreaterThan(startMilliseconds);
          last = endMilliseconds;
        }
        expect(last).toBeLessThanOrEqual(seconds * 1_000);
      }),
    );
  });

  it("are named by the master playlist in Apple's format", () => {
    const presentation = createPresentation([buildVideoTrack('video')], [], {
      chapters: [chapter(0, 7.5, 'Größe'), chapter(7.5, 99)],
    });
    const master = renderMasterPlaylist(presentation, { uriPrefix: 'abc/7/' });
    expect(master).toContain(
      '#EXT-X-SESSION-DATA:DATA-ID="com.apple.hls.chapters",URI="abc/7/chapters.json"\n',
    );
    expect(hlsReferencedFiles('master.m3u8', master).map(({ path }) => path)).toContain(
      'abc/7/chapters.json',
    );
    const list = renderChapters(presentation.chapters).find(({ path }) => path === 'chapters.json');
    expect(JSON.parse(list?.text ?? '')).toEqual([
      { chapter: 1, 'start-time': 0, duration: 7.5, titles: [{ language: 'und', title: 'Größe' }] },
      { chapter: 2, 'start-time': 7.5, duration: 4.5, titles: [{ language: 'und', title: 'Chapter 2' }] },
    ]);
  });

  it('are not there without chapters', () => {
    const presentation = createPresentation([buildVideoTrack('video')]);
    expect(renderChapters(presentation.chapters)).toEqual([]);
    expect(renderMasterPlaylist(presentation)).not.toContain('chapters');
  });
});
