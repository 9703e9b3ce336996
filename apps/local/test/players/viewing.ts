/** What a viewer saw and heard of a film, as `pages/watch-film.mjs` reports it. Times are of the film, in seconds. */
export interface Viewing {
  readonly offered: {
    readonly heights: number[];
    readonly audioLanguages: string[];
    readonly captionLanguages: string[];
  };
  readonly errors: { readonly fatal: boolean; readonly text: string; readonly atSeconds: number }[];
  readonly ended: boolean;
  readonly currentSeconds: number;
  readonly durationSeconds: number;
  /** Each size of the picture from the moment that it was seen. */
  readonly sizes: { readonly atSeconds: number; readonly width: number; readonly height: number }[];
  readonly cues: {
    readonly begin: number;
    readonly end: number;
    readonly text: string;
    readonly atSeconds: number;
  }[];
  /** Where the player jumped to by itself: over a gap, as a rule. */
  readonly jumps: number[];
  /** Where every source buffer of the player began when the film began to play. */
  readonly beginnings: { readonly type: string; readonly seconds: number }[];
  /** What every source buffer of the player held at the end. */
  readonly buffered: { readonly type: string; readonly ranges: [number, number][] }[];
  /** How loud each tone was, every 20 ms: 0 to 1. */
  readonly tones: { readonly atSeconds: number; readonly levels: Record<string, number> }[];
  /** Every frame that was shown, on a scale to 255; `clockSeconds` is the player's clock when it was. */
  readonly frames: {
    readonly atSeconds: number;
    readonly clockSeconds: number;
    readonly brightness: number;
    readonly contrast: number;
  }[];
}
