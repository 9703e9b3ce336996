/**
 * The number of channels of each audio track of a published version, by the id of the track.
 * @param manifest as `renderDashManifest` writes it
 */
export function readAudioChannels(manifest: string): ReadonlyMap<string, number> {
  const representations = manifest.split('<Representation ').slice(1);
  return new Map(
    representations.flatMap((representation) => {
      const id = /\bid="([^"]+)"/.exec(representation)?.[1];
      const value = /<AudioChannelConfiguration [^>]*\bvalue="(\d+)"/.exec(representation)?.[1];
      return id === undefined || value === undefined ? [] : [[id, channelsOf(Number(value))] as const];
    }),
  );
}

/** Configuration 12 is 7.1; the others that are written are the number. Source: ISO/IEC 23091-3, table 3. */
function channelsOf(configuration: number): number {
  return configuration === 12 ? 8 : configuration;
}
