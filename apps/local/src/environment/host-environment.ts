/**
 * What processes of the local cloud take over from this machine: where to find ffmpeg, and nothing else, so that they run
 * with what the stack gives them and not with what happens to be set here.
 */
export function hostEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' };
}
