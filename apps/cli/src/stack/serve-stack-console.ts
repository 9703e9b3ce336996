import type { ApiServer } from '@fyrestream/local/api-server';
import { apiBundle, consolePages } from '../repository-paths.ts';
import { readDeployedStack } from './open-deployed-stack.ts';

/**
 * Serves the API and the console of a deployed stack from this machine, with the credentials that the AWS SDK finds here.
 * @throws LocalError `port-taken`; what `readDeployedStack` throws
 */
export async function serveStackConsole(
  name: string,
  port: number,
  logFailure: (error: unknown) => void,
): Promise<ApiServer> {
  const { region, environment, deliveryUrl } = await readDeployedStack(name);
  const { startApiServer } = await import('@fyrestream/local/api-server');
  return startApiServer(
    { bundlePath: apiBundle, pagesDirectory: consolePages },
    {
      connection: { region },
      environment,
      name: `the stack ${name}`,
      access: { region, local: null },
      dataDirectory: null,
      deliveryUrl: deliveryUrl ?? null,
      logFailure,
    },
    { required: port },
  );
}
