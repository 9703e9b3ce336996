/** The files of a published version that HLS rules are checked on. */
export interface HlsFiles {
  readonly master: string;
  /** Playlists by their URI in the master playlist. */
  readonly playlists: ReadonlyMap<string, string>;
  /** Sizes of media files in bytes, by their path relative to the master playlist. */
  readonly sizesBytes: ReadonlyMap<string, number>;
}
