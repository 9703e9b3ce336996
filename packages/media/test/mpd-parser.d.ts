/** The parts of mpd-parser that tests use; the package has no types. */
declare module 'mpd-parser' {
  interface ParsedSegment {
    readonly uri: string;
    readonly resolvedUri: string;
    readonly duration: number;
    readonly presentationTime: number;
    readonly map: { readonly resolvedUri: string };
  }
  interface ParsedPlaylist {
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly segments: readonly ParsedSegment[];
  }
  interface ParsedManifest {
    readonly duration: number;
    readonly playlists: readonly ParsedPlaylist[];
    readonly mediaGroups: {
      readonly AUDIO: {
        readonly audio?: Readonly<Record<string, { playlists: ParsedPlaylist[]; language: string }>>;
      };
      readonly SUBTITLES: {
        readonly subs?: Readonly<Record<string, { playlists: { readonly resolvedUri: string }[] }>>;
      };
    };
  }
  export function parse(text: string, options: { manifestUri: string }): ParsedManifest;
}
