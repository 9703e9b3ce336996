import { openTestGateway } from './test-gateway.ts';

/** A gateway as a process of its own, over the directory in its first argument; tells its parent the URL. */
const [, , dataDirectory] = process.argv;
const gateway = await openTestGateway(dataDirectory === undefined ? {} : { dataDirectory });
process.send?.(gateway.connection.endpoint);
