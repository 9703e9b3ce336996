import { FyrestreamError } from '@fyrestream/events';

const timestampMap = 'X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000';

/**
 * A WebVTT file as HLS wants it: its cue times said to be those of the media, which begin at zero too.
 * One that has the header already is given back with it replaced. Arrows in texts are escaped, as players take them for times.
 * Source: RFC 8216, 3.5; W3C WebVTT, 4.1.
 * @throws FyrestreamError `invalid-webvtt` where the text is no WebVTT
 */
export function addTimestampMap(webvtt: string): string {
  const lines = webvtt.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const [signature = '', ...rest] = lines;
  if (!/^WEBVTT($|[ \t])/.test(signature)) {
    throw new FyrestreamError({
      code: 'invalid-webvtt',
      message: 'The subtitles do not begin with the WEBVTT signature.',
      retryable: false,
    });
  }
  const headerEnd = rest.indexOf('');
  const body = rest.filter(
    (line, index) => (headerEnd !== -1 && index >= headerEnd) || !line.startsWith('X-TIMESTAMP-MAP='),
  );
  return [signature, timestampMap, ...body.map(withoutArrow)].join('\n');
}

const timing = /^(\d{2,}:)?\d{2}:\d{2}\.\d{3} --> /;

/** A text that holds an arrow would be taken for the times of a cue. */
function withoutArrow(line: string): string {
  return timing.test(line) ? line : line.replaceAll('-->', '--&gt;');
}
