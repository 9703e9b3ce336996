import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type Connection, clientConfiguration } from '../connection.ts';

/** Secrets Manager keeps the value before the last change under the second label. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html */
const stages = ['AWSCURRENT', 'AWSPREVIOUS'] as const;

export type SecretReader = ReturnType<typeof createSecretReader>;

export function createSecretReader(connection: Connection) {
  const client = new SecretsManagerClient(clientConfiguration(connection, 'secretsmanager'));
  const readStage = async (name: string, stage: string): Promise<string | null> => {
    try {
      const { SecretString = null } = await client.send(
        new GetSecretValueCommand({ SecretId: name, VersionStage: stage }),
      );
      return SecretString;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return null;
      throw error;
    }
  };
  return {
    /** The values of a secret: null where it has none yet, or only one. */
    async read(name: string): Promise<{ readonly current: string | null; readonly previous: string | null }> {
      const [current = null, previous = null] = await Promise.all(
        stages.map((stage) => readStage(name, stage)),
      );
      return { current, previous };
    },
  };
}
