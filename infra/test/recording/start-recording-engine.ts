import * as grpc from '@grpc/grpc-js';
import type * as engineMessageTypes from '@pulumi/pulumi/proto/engine_pb.js';
import type * as resourceMessageTypes from '@pulumi/pulumi/proto/resource_pb.js';
import type { JavaScriptValue } from 'google-protobuf/google/protobuf/struct_pb.js';
import type { FakeCloud } from './fake-cloud.ts';
import {
  Empty,
  EngineService,
  engineMessages,
  ResourceMonitorService,
  resourceMessages,
  Struct,
} from './pulumi-protocol.ts';
import type { RecordedResource, Recording } from './recorded-resource.ts';
import { createResourceRegistry } from './resource-registry.ts';
import { plainObject } from './wire-values.ts';

export interface RecordingEngine {
  /** Address of the monitor and the engine. */
  readonly address: string;
  readonly recorded: () => Pick<Recording, 'resources' | 'invokes' | 'outputs' | 'errors'>;
  readonly close: () => void;
}

export interface RecordingEngineOptions {
  readonly project: string;
  readonly stack: string;
  /** In a preview, ids and computed outputs are unknown. */
  readonly preview: boolean;
  readonly cloud: FakeCloud;
}

type Fields = Record<string, JavaScriptValue>;

/**
 * Serves Pulumi's resource monitor and engine over gRPC. Records what the program registers and answers as a cloud where
 * every call succeeds.
 */
export async function startRecordingEngine(options: RecordingEngineOptions): Promise<RecordingEngine> {
  const { project, stack, preview, cloud } = options;
  const registry = createResourceRegistry(project, stack);
  const invokes: { token: string; args: Record<string, unknown> }[] = [];
  const errors: string[] = [];
  let outputs: Record<string, unknown> = {};
  let rootUrn = '';

  const register = (request: resourceMessageTypes.RegisterResourceRequest) => {
    const resource = registry.register(request);
    const created = resource.custom || resource.remote ? cloud.create(resource) : null;
    const response = new resourceMessages.RegisterResourceResponse();
    response.setUrn(resource.urn);
    response.setResult(resourceMessages.Result.SUCCESS);
    if (resource.custom && !preview && created) response.setId(created.id);
    const known = request.getObject()?.toJavaScript() ?? {};
    const computed = preview ? {} : (created?.outputs ?? {});
    response.setObject(Struct.fromJavaScript({ ...known, ...computed } as Fields));
    return response;
  };

  const invoke = (request: resourceMessageTypes.ResourceInvokeRequest) => {
    const call = { token: request.getTok(), args: plainObject(request.getArgs()?.toJavaScript()) };
    invokes.push(call);
    const response = new resourceMessages.ResourceInvokeResponse();
    response.setReturn(Struct.fromJavaScript(cloud.invoke(call.token, call.args) as Fields));
    return response;
  };

  const server = new grpc.Server({ 'grpc.max_receive_message_length': 64 * 1024 * 1024 });
  server.addService(ResourceMonitorService, {
    getDeploymentInfo: handlerOf(() => {
      const response = new resourceMessages.DeploymentInfo();
      response.setSupportedfeaturesList(
        Object.values(resourceMessages.ResourceMonitorFeature).filter(
          (feature) => typeof feature === 'number',
        ),
      );
      return response;
    }),
    supportsFeature: handlerOf(() => {
      const response = new resourceMessages.SupportsFeatureResponse();
      response.setHassupport(true);
      return response;
    }),
    invoke: handlerOf(invoke),
    registerResource: handlerOf(register),
    registerErrorHook: handlerOf(() => new Empty()),
    registerResourceOutputs: handlerOf((request: resourceMessageTypes.RegisterResourceOutputsRequest) => {
      if (request.getUrn() === rootUrn) outputs = plainObject(request.getOutputs()?.toJavaScript());
      return new Empty();
    }),
    signalAndWaitForShutdown: handlerOf(() => new Empty()),
  });
  server.addService(EngineService, {
    log: handlerOf((request: engineMessageTypes.LogRequest) => {
      if (request.getSeverity() === engineMessages.LogSeverity.ERROR) errors.push(request.getMessage());
      return new Empty();
    }),
    getRootResource: handlerOf(() => {
      const response = new engineMessages.GetRootResourceResponse();
      response.setUrn(rootUrn);
      return response;
    }),
    setRootResource: handlerOf((request: engineMessageTypes.SetRootResourceRequest) => {
      rootUrn = request.getUrn();
      return new engineMessages.SetRootResourceResponse();
    }),
  });
  const port = await listen(server);
  return {
    address: `127.0.0.1:${port}`,
    recorded: () => ({
      resources: [...registry.resources.values()] as RecordedResource[],
      invokes,
      outputs,
      errors,
    }),
    close: () => server.forceShutdown(),
  };
}

/** A gRPC handler from a function; exceptions become gRPC errors. */
function handlerOf<Request, Response>(answer: (request: Request) => Response) {
  return (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>) => {
    try {
      callback(null, answer(call.request));
    } catch (error) {
      callback({
        code: grpc.status.UNKNOWN,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  };
}

function listen(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}
