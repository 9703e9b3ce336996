import { openTestGateway } from './test-gateway.ts';

/** A gateway in a separate process, over the directory in its first argument; sends its URL to the parent process. */
const [, , dataDirectory] = process.argv;
const gateway = await openTestGateway(dataDirectory === undefined ? {} : { dataDirectory });
process.send?.(gateway.connection.endpoint);
