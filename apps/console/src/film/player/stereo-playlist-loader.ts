import { Hls } from 'hls-video-element';
import { firstAudioGroup } from './first-audio-group.ts';

type Load = InstanceType<typeof Hls.DefaultConfig.loader>['load'];
type Callbacks = Parameters<Load>[2];

/** Loads everything for hls.js, the master playlist with its first audio group alone. */
export class StereoPlaylistLoader extends Hls.DefaultConfig.loader {
  override load(...[context, config, callbacks]: Parameters<Load>): void {
    super.load(context, config, context.type === 'manifest' ? withFirstAudioGroup(callbacks) : callbacks);
  }
}

function withFirstAudioGroup(callbacks: Callbacks): Callbacks {
  return {
    ...callbacks,
    onSuccess: (response, ...rest) => {
      const { data } = response;
      const changed = typeof data === 'string' ? { ...response, data: firstAudioGroup(data) } : response;
      callbacks.onSuccess(changed, ...rest);
    },
  };
}
