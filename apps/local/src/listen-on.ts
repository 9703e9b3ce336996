import { LocalError } from './local-error.ts';

/**
 * Starts a server on a port of 127.0.0.1. Returns its URL.
 * @throws LocalError `port-taken`
 */
export async function listenOn(listen: (port: number) => Promise<string>, port: number): Promise<string> {
  try {
    return await listen(port);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new LocalError({
      code: 'port-taken',
      message: `Port ${port} is in use by another program: choose another port, or omit it to use any free port.`,
      retryable: false,
      cause,
    });
  }
}
