import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { region } from '../src/arn.ts';
import { createServiceGateway, type ServiceGateway } from '../src/control-plane/create-control-plane.ts';
import { createDataLayout, type DataLayout } from '../src/data-directory/data-layout.ts';
import { type AccessControl, createAccessControl } from '../src/iam/access-control.ts';
import { type AccessKeys, loadAccessKeys } from '../src/iam/access-keys.ts';
import { createCallRecorder } from '../src/iam/call-recorder.ts';
import { createGrants } from '../src/iam/permissions.ts';
import type { PrincipalName } from '../src/iam/principals.ts';
import { localTopology, type Topology } from '../src/topology.ts';

/** A control plane without services, in a directory of its own. */
export interface TestServiceGateway {
  readonly directory: string;
  readonly layout: DataLayout;
  readonly keys: AccessKeys;
  readonly accessControl: AccessControl;
  readonly controlPlane: ServiceGateway;
  readonly url: string;
  /** The configuration of an SDK client that acts as a principal. */
  readonly clientFor: (principal: PrincipalName) => ClientConfiguration;
  readonly close: () => Promise<void>;
}

export interface ClientConfiguration {
  readonly region: string;
  readonly endpoint: string;
  readonly maxAttempts: number;
  readonly credentials: { accessKeyId: string; secretAccessKey: string };
}

export async function startTestServiceGateway(
  topology: Topology = localTopology,
): Promise<TestServiceGateway> {
  const directory = createTestDirectory();
  const layout = createDataLayout(join(directory, 'data'));
  const keys = loadAccessKeys(layout.credentialsFile);
  const accessControl = createAccessControl(
    keys,
    createGrants(topology),
    createCallRecorder(layout.callsFile),
  );
  const controlPlane = createServiceGateway({
    accessControl,
    nowMilliseconds: Date.now,
    logFailure: (error) => console.error(error),
  });
  const url = await controlPlane.listen(0);
  return {
    directory,
    layout,
    keys,
    accessControl,
    controlPlane,
    url,
    clientFor: (principal) => ({ region, endpoint: url, maxAttempts: 1, credentials: keys[principal] }),
    close: async () => {
      await controlPlane.close();
      removeTestDirectory(directory);
    },
  };
}

export function createTestDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'fyrestream-local-'));
}

export function removeTestDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

/** Writes an ES module. Returns its path. */
export function writeBundle(directory: string, name: string, source: string): string {
  const path = join(directory, `${name}.mjs`);
  writeFileSync(path, source);
  return path;
}

/** Waits until `look` answers something; the test's own timeout is the limit. */
export async function eventually<Value>(
  look: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> {
  for (let pauseMilliseconds = 20; ; pauseMilliseconds = Math.min(200, pauseMilliseconds * 1.2)) {
    const value = await look();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  }
}
