import { describe, expect, it } from 'vitest';
import { defaultLadderConfig, ladderConfigSchema } from '../ladder-config.ts';
import { encryptionKeyKey, versionPrefix } from '../object-key.ts';
import { profileFaults } from '../settings/profile-faults.ts';
import { profileOf } from './choose-making.ts';
import { type Encryption, encryptionSchema, keyUrlOf } from './encryption.ts';
import { type Profiles, stackProfilesOf } from './stack-profiles.ts';

const keyUrl = 'https://keys.example.com/{jobId}/{token}';
const encryption: Encryption = { method: 'AES-128', keyUrl };

describe('the URL of keys', () => {
  it.each([
    keyUrl,
    'https://keys.example.com:8443/v1/key?film={jobId}&version={token}',
    'http://localhost:9000/{jobId}/{token}.key',
    'http://127.0.0.1/{jobId}/{token}',
    'http://[::1]:9000/{token}/{jobId}',
    'HTTPS://KEYS.EXAMPLE.COM/{jobId}-{token}/{jobId}',
  ])('may be %s', (url) => {
    expect(encryptionSchema.parse({ method: 'AES-128', keyUrl: url }).keyUrl).toBe(url);
  });

  it.each([
    ['a path', '/keys/{jobId}/{token}', 'must be an absolute URL'],
    ['no URL', 'keys.example.com/{jobId}/{token}', 'must be an absolute URL'],
    ['another scheme', 'ftp://keys.example.com/{jobId}/{token}', 'must be an absolute URL'],
    ['a password', 'https://user:secret@keys.example.com/{jobId}/{token}', 'without user'],
    ['a fragment', 'https://keys.example.com/{jobId}#{token}', 'must be an absolute URL'],
    ['a quote', 'https://keys.example.com/{jobId}/{token}",IV=0x0', 'must be an absolute URL'],
    ['a second line', 'https://keys.example.com/{jobId}/{token}\n#EXT-X-KEY', 'must be an absolute URL'],
    ['a placeholder as host', 'https://{jobId}.example.com/{token}', 'after its host'],
    ['http', 'http://keys.example.com/{jobId}/{token}', 'must begin with https://'],
    ['a host that only begins as localhost', 'http://localhost.example.com/{jobId}/{token}', 'https://'],
    ['an unknown placeholder', 'https://k.example.com/{jobId}/{token}/{path}', 'must not contain {path}'],
    ['half a placeholder', 'https://k.example.com/{jobId}/{token}/{', 'brace without its other half'],
    ['nothing of the version', 'https://k.example.com/key', 'must contain {jobId} and {token}'],
    ['the job alone', 'https://k.example.com/{jobId}', 'must contain {token}'],
  ])('cannot be %s', (_case, url, message) => {
    const { error } = encryptionSchema.safeParse({ method: 'AES-128', keyUrl: url });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['keyUrl']);
    expect(error?.issues[0]?.message).toContain(message);
  });

  it('names the version, as the object with its key does', () => {
    const version = { jobId: 'a2b3', token: 7 };
    expect(keyUrlOf(encryption, version)).toBe('https://keys.example.com/a2b3/7');
    expect(encryptionKeyKey(versionPrefix(version.jobId, version.token))).toBe('keys/a2b3/7');
  });
});

describe('a profile with encryption', () => {
  const settingsOf = (profiles: Profiles) => ({ ladder: defaultLadderConfig, profiles, profileRules: [] });
  const ladderOf = (profiles: Profiles, name: string) =>
    profileOf(name, stackProfilesOf(settingsOf(profiles)).profiles).ladder;

  it('has none unless it says so', () => {
    expect(ladderConfigSchema.parse({ ...defaultLadderConfig, encryption: undefined }).encryption).toBe(
      'off',
    );
    expect(ladderOf({ plain: {} }, 'plain').encryption).toBe('off');
  });

  it('leaves out DASH and MP4 where it does not list its outputs', () => {
    expect(ladderOf({ vault: { encryption } }, 'vault').outputs).toEqual(['hls', 'poster', 'thumbnails']);
    expect(ladderOf({ vault: { encryption } }, 'default').outputs).toEqual(defaultLadderConfig.outputs);
    const listed: Profiles = { default: { outputs: ['dash', 'hls', 'preview'] }, vault: { encryption } };
    expect(ladderOf(listed, 'vault').outputs).toEqual(['hls', 'preview']);
  });

  it('passes it on to profiles that leave it out, and one may turn it off', () => {
    const profiles: Profiles = {
      default: { encryption },
      plain: {},
      clear: { encryption: 'off', outputs: ['hls', 'mp4'] },
    };
    expect(ladderOf(profiles, 'plain')).toMatchObject({
      encryption,
      outputs: ['hls', 'poster', 'thumbnails'],
    });
    expect(ladderOf(profiles, 'clear')).toMatchObject({ encryption: 'off', outputs: ['hls', 'mp4'] });
    expect(profileFaults(settingsOf(profiles))).toEqual([]);
  });

  it.each<[string, Profiles, string[], string]>([
    ['DASH', { vault: { encryption, outputs: ['hls', 'dash'] } }, ['vault'], 'must not contain dash'],
    ['MP4', { default: { encryption, outputs: ['mp4', 'hls'] } }, ['default'], 'must not contain mp4'],
    ['both', { vault: { encryption, outputs: ['hls', 'mp4', 'dash'] } }, ['vault'], 'mp4 and dash'],
    [
      'MP4 beside the encryption of default',
      { default: { encryption }, clips: { outputs: ['hls', 'mp4'] } },
      ['clips'],
      'only HLS has',
    ],
    [
      'nothing but MP4',
      { default: { outputs: ['mp4'] }, vault: { encryption } },
      ['vault'],
      'must contain hls',
    ],
  ])('is refused at preview with %s', (_case, profiles, [name], message) => {
    const faults = profileFaults(settingsOf(profiles));
    expect(faults.map(({ path }) => path)).toEqual([['profiles', name, 'outputs']]);
    expect(faults[0]?.message).toContain(message);
  });

  it('refuses DASH in the short form of the profile default too', () => {
    const { error } = ladderConfigSchema.safeParse({ ...defaultLadderConfig, encryption });
    expect(error?.issues.map(({ path }) => path)).toEqual([['outputs']]);
  });
});
