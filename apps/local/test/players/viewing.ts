/** The observations of a viewer, as `pages/watch-film.mjs` reports them. Times are media times, in seconds. */
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
  /** Each video size, with the time from which it was seen. */
  readonly sizes: { readonly atSeconds: number; readonly width: number; readonly height: number }[];
  readonly cues: {
    readonly begin: number;
    readonly end: number;
    readonly text: string;
    readonly atSeconds: number;
  }[];
  /** Where the player jumped to by itself: over a gap, as a rule. */
  readonly jumps: number[];
  /** The start of each source buffer of the player when playback started. */
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
