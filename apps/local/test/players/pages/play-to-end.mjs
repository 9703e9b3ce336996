import { openPlayer } from './play-with-hls.mjs';

/**
 * Plays a film with hls.js, fast, until its end or the first fatal error.
 * @param {{ url: string }} order
 * @returns {Promise<{ ended: boolean, error: string | null, atSeconds: number, height: number }>}
 */
export async function playToEnd({ url }) {
  const video = document.querySelector('video');
  video.muted = true;
  const over = Promise.withResolvers();
  video.addEventListener('ended', () => over.resolve(null), { once: true });
  const onError = ({ fatal, text }) => fatal && over.resolve(text);
  await openPlayer(video, url, { lookAheadSeconds: 4, onError });
  video.playbackRate = 4;
  // It ends without having played where nothing can be decoded.
  video.play().catch(() => {});
  const error = await over.promise;
  return { ended: video.ended, error, atSeconds: video.currentTime, height: video.videoHeight };
}
