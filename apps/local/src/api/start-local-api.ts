import type { PortChoice } from '../listen-on.ts';
import type { LocalConnection } from '../local-connection.ts';
import type { LocalContext } from '../local-context.ts';
import { type ApiServer, startApiServer } from './start-api-server.ts';

/** Starts the API of the local cloud, with the permissions that it has on AWS. */
export function startLocalApi(
  { topology, keys, log }: LocalContext,
  { url, s3Url, region, dataDirectory, environment }: LocalConnection,
  port: PortChoice,
): Promise<ApiServer> {
  const endpoints = { s3: s3Url, dynamodb: url, sqs: url, ecs: url, logs: url };
  return startApiServer(
    topology.api,
    {
      connection: { region, credentials: keys.api, endpoints },
      environment,
      name: `the local cloud on ${dataDirectory}`,
      access: { region, local: { s3Url, url, ...keys.api } },
      dataDirectory,
      deliveryUrl: null,
      logFailure: (error) => log.error({ err: error }, 'a request of the API failed'),
    },
    port,
  );
}
