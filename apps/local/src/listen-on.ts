import { LocalError } from './local-error.ts';

type Listen = (port: number) => Promise<string>;

/** A port that must be used, or one that is used if it is free; any free port where neither is given. */
export interface PortChoice {
  readonly required?: number | undefined;
  readonly preferred?: number | undefined;
}

/**
 * Starts a server on a port of 127.0.0.1. Returns its URL.
 * @throws LocalError `port-taken`
 */
export async function listenOn(listen: Listen, { required, preferred }: PortChoice): Promise<string> {
  if (required !== undefined || preferred === undefined) return listenOnPort(listen, required ?? 0);
  return listenOnPort(listen, preferred).catch((error) => {
    if (error instanceof LocalError && error.code === 'port-taken') return listenOnPort(listen, 0);
    throw error;
  });
}

async function listenOnPort(listen: Listen, port: number): Promise<string> {
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
