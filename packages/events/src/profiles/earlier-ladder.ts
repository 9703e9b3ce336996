import { profileOf } from './choose-making.ts';
import { defaultProfileName } from './profile-name.ts';
import { type ProfileSettings, stackProfilesOf } from './stack-profiles.ts';

/**
 * The variable `FYRESTREAM_LADDER` of the invoker of release 0.1.0, at most 1,200 characters. An update of the function sets the variables before
 * it replaces the code, which meanwhile estimates the cost of uploads by this.
 */
export function earlierLadderVariable(settings: ProfileSettings): string {
  const { version, ladders, audio, hdr } = profileOf(
    defaultProfileName,
    stackProfilesOf(settings).profiles,
  ).ladder;
  return JSON.stringify({
    version,
    ladders: ladders.filter(({ codec }) => codec === 'h264'),
    audio: { bitrateBitsPerSecond: audio.bitrateBitsPerSecond },
    hdr,
  });
}
