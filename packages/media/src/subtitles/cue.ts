/** One cue before it is rendered. */
export interface Cue {
  readonly startMilliseconds: number;
  readonly endMilliseconds: number;
  /** WebVTT cue text: WebVTT tags, everything else escaped, no empty lines. */
  readonly text: string;
}
