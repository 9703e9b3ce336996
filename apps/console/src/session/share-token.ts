import { readToken } from './token.ts';

const channelName = 'fyrestream-token';

/** Answers other tabs of the console: one that is opened from a link has a session of its own, without the token. */
export function answerOtherTabs(): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }) => {
    const token = readToken();
    if (data === 'token-wanted' && token !== null) channel.postMessage({ token });
  });
  return () => channel.close();
}

/** Asks other tabs of the console for the token. @returns ends the question */
export function askOtherTabs(onToken: (token: string) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }) => {
    if (typeof data?.token === 'string') onToken(data.token);
  });
  channel.postMessage('token-wanted');
  return () => channel.close();
}
