import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processEnvironment } from '@fyrestream/cloud';
import { settingsSchema } from '@fyrestream/events';
import { repository } from '../../setup/repository.mjs';
import { readConfig } from '../config/read-config.ts';
import { UsageError } from '../usage-error.ts';
import type { Deployment } from './check-deployment.ts';

/** The default of `Pulumi.yaml`. */
const defaultRegion = 'us-east-1';

/**
 * What a stack needs, by its file of settings.
 * @throws UsageError `stack-file-missing`, `bad-config`
 */
export async function readDeployment(stack: string): Promise<Deployment> {
  const file = join(repository, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) {
    throw new UsageError(
      'stack-file-missing',
      `There is no Pulumi.${stack}.yaml: \`pulumi stack init ${stack} --copy-config-from dev\` creates it.`,
    );
  }
  const { settings, region = defaultRegion } = await readConfig(file);
  const { architecture, maxConcurrentTasks } = { ...settingsSchema.parse({}), ...settings };
  const { PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE } = processEnvironment;
  const hasProvider = /^secretsprovider:/m.test(readFileSync(file, 'utf8'));
  const hasPassphrase =
    hasProvider || PULUMI_CONFIG_PASSPHRASE !== undefined || PULUMI_CONFIG_PASSPHRASE_FILE !== undefined;
  return { region, architecture, maxConcurrentTasks, hasPassphrase };
}
