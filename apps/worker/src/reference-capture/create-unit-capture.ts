import type { StoredReferenceCapture } from './stored-reference-capture.ts';

/** The reference capture of a unit that is encoded by several runs of ffmpeg, one for each file that it reads. */
export interface UnitCapture {
  /** Replaces what an earlier run captured of the same tracks. @returns the capture of all runs */
  add(capture: StoredReferenceCapture): StoredReferenceCapture;
}

export function createUnitCapture(): UnitCapture {
  const runs = new Map<string, StoredReferenceCapture>();
  return {
    add(run) {
      runs.set([...run.references.keys()].join(' '), run);
      const all = [...runs.values()];
      const [first = run] = all;
      return {
        capture: {
          ...first.capture,
          decoded: all.flatMap(({ capture }) => capture.decoded),
          audio: all.flatMap(({ capture }) => capture.audio),
        },
        references: new Map(all.flatMap(({ references }) => [...references])),
      };
    },
  };
}
