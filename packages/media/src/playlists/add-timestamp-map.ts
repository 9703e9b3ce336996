import { FyrestreamError } from '@fyrestream/events';

const timestampMap = 'X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000';

/**
 * A WebVTT file as HLS wants it: its cue times said to be those of the media, which begin at zero too.
 * One that has the header already is given back with it replaced.
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
  return [signature, timestampMap, ...body].join('\n');
}
