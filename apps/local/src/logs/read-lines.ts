import { createReadStream } from 'node:fs';

export interface Line {
  readonly text: string;
  /** The byte offset of the next line. */
  readonly end: number;
}

const lineFeed = 0x0a;

/** Reads the lines of a file from a byte offset. A last line without a line feed is still being written and is skipped. */
export async function* readLines(path: string, offset: number): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let position = offset;
  for await (const chunk of createReadStream(path, { start: offset }) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, chunk]);
    let begin = 0;
    for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, begin)) {
      position += end + 1 - begin;
      yield { text: bytes.toString('utf8', begin, end), end: position };
      begin = end + 1;
    }
    rest = bytes.subarray(begin);
  }
}
