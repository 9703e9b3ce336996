import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { FyrestreamError, stackEnvironmentSchema } from '@fyrestream/events';
import { z } from 'zod';

/** The fields of `<data directory>/local.json` that are used here. A running local cloud writes that file. */
const cloudAddressSchema = z.object({
  url: z.url(),
  s3Url: z.url(),
  region: z.string().min(1),
  dataDirectory: z.string().min(1),
  credentialsFile: z.string().min(1),
  environment: stackEnvironmentSchema,
});
export type CloudConnection = z.infer<typeof cloudAddressSchema>;

/**
 * The address of the local cloud on a data directory; null where none is running, also after one was killed.
 * @throws FyrestreamError `state-unreadable`
 */
export async function readCloudConnection(dataDirectory: string): Promise<CloudConnection | null> {
  const text = await readFile(join(dataDirectory, 'local.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const address = parseAddress(text, dataDirectory);
  return (await accepts(new URL(address.url))) ? address : null;
}

function parseAddress(text: string, dataDirectory: string): CloudConnection {
  try {
    return cloudAddressSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new FyrestreamError({
      code: 'state-unreadable',
      message: `${join(dataDirectory, 'local.json')} does not have the format of a local cloud: restart the cloud.`,
      retryable: false,
      cause,
    });
  }
}

function accepts({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
