import { describe, expect, it } from 'vitest';
import { readAudioRole } from './audio-role.ts';

describe('readAudioRole', () => {
  it.each([
    [{ default: 1 }, null, 'main'],
    [{ default: 1, visual_impaired: 1, descriptions: 1 }, null, 'describes-video'],
    [{ descriptions: 1 }, null, 'describes-video'],
    [{ hearing_impaired: 1 }, null, 'enhances-speech'],
    [{ comment: 1 }, null, 'commentary'],
    [{ clean_effects: 1 }, null, 'clean-effects'],
    [{ dub: 1, original: 1 }, null, 'main'],
    [{}, "Director's commentary", 'commentary'],
    [{}, 'English (Audio Description)', 'describes-video'],
    [{}, 'English [Descriptive]', 'describes-video'],
    [{ comment: 1 }, 'Audio description', 'commentary'],
    [{}, 'Music and Effects', 'clean-effects'],
    [{}, 'Comments by nobody', 'main'],
    [{}, 'Stereo', 'main'],
  ] as const)('%j titled %s is %s', (disposition, title, role) => {
    expect(readAudioRole(disposition, title)).toBe(role);
  });
});
