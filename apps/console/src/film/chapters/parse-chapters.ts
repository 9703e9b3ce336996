export interface Chapter {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly title: string;
}

const time = String.raw`(?:(\d+):)?(\d\d):(\d\d\.\d{3})`;
const cue = new RegExp(String.raw`^${time} --> ${time}\n(.+)$`, 'gm');
const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/**
 * The chapters of a published WebVTT file: each cue has one line of escaped text.
 * @see https://www.w3.org/TR/webvtt1/#chapter-title-text
 */
export function parseChapters(webVtt: string): Chapter[] {
  return [...webVtt.matchAll(cue)].map(([, ...found]) => ({
    startSeconds: secondsOf(found.slice(0, 3)),
    endSeconds: secondsOf(found.slice(3, 6)),
    title: (found[6] ?? '').replaceAll(/&(amp|lt|gt);/g, (_, name: string) => characters[name] ?? ''),
  }));
}

function secondsOf([hours = '0', minutes = '0', seconds = '0']: (string | undefined)[]): number {
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}
