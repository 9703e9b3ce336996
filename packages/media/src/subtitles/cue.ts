/** One cue before it is rendered. */
export interface Cue {
  readonly startMilliseconds: number;
  readonly endMilliseconds: number;
  /** WebVTT cue text: markup of WebVTT, everything else escaped, no empty lines. */
  readonly text: string;
}
