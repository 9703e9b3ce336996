import { LocalError } from './local-error.ts';

/**
 * Lets a server listen on a port of 127.0.0.1; answers its URL.
 * @throws LocalError `port-taken`
 */
export async function listenOn(listen: (port: number) => Promise<string>, port: number): Promise<string> {
  try {
    return await listen(port);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new LocalError({
      code: 'port-taken',
      message: `Port ${port} is taken by another program: choose another port, or none for any that is free.`,
      retryable: false,
      cause,
    });
  }
}
