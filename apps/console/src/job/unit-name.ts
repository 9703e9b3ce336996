const names: Readonly<Record<string, string>> = {
  plan: 'Read the source and plan',
  audio: 'Encode the audio',
  'video-whole': 'Encode the whole video',
  assembly: 'Assemble, verify and publish',
};

/** What a unit does, by its id. */
export function unitName(unitId: string): string {
  const verified = /^verification-(.+)$/.exec(unitId)?.[1];
  if (verified !== undefined) return unitName(verified).replace('Encode', 'Verify');
  const part = /^video-0*(\d+)$/.exec(unitId)?.[1];
  if (part !== undefined) return `Encode part ${part} of the video`;
  return names[unitId] ?? unitId;
}
