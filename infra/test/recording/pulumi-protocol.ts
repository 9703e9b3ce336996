import { createRequire } from 'node:module';

// Generated CommonJS without static exports, so an ES import cannot name them.
const require = createRequire(import.meta.url);

export const { ResourceMonitorService } = require('@pulumi/pulumi/proto/resource_grpc_pb.js') as Pick<
  typeof import('@pulumi/pulumi/proto/resource_grpc_pb.js'),
  'ResourceMonitorService'
>;
export const { EngineService } = require('@pulumi/pulumi/proto/engine_grpc_pb.js') as Pick<
  typeof import('@pulumi/pulumi/proto/engine_grpc_pb.js'),
  'EngineService'
>;
export const resourceMessages =
  require('@pulumi/pulumi/proto/resource_pb.js') as typeof import('@pulumi/pulumi/proto/resource_pb.js');
export const engineMessages =
  require('@pulumi/pulumi/proto/engine_pb.js') as typeof import('@pulumi/pulumi/proto/engine_pb.js');
export const { Struct } =
  require('google-protobuf/google/protobuf/struct_pb.js') as typeof import('google-protobuf/google/protobuf/struct_pb.js');
export const { Empty } =
  require('google-protobuf/google/protobuf/empty_pb.js') as typeof import('google-protobuf/google/protobuf/empty_pb.js');

/** The script that Pulumi's language host starts; it loads the program. */
export const programRunner = require.resolve('@pulumi/pulumi/cmd/run');
