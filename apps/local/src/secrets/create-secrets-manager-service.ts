import { arn } from '../arn.ts';
import { AwsError } from '../control-plane/aws-error.ts';
import type { AwsService } from '../control-plane/aws-service.ts';
import { createJsonService } from '../control-plane/json-service.ts';
import { readJsonFile } from '../data-directory/read-json-file.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';

/**
 * The Secrets Manager API: GetSecretValue. `path` is a JSON file with the names and values of secrets. It is read at every
 * call, so editing the file changes a secret.
 */
export function createSecretsManagerService(path: string): AwsService {
  return createJsonService('secretsmanager', 'secretsmanager', {
    GetSecretValue: {
      permissions: (input) => [
        { action: 'secretsmanager:GetSecretValue', resource: `${arn.secret(secretNameOf(input))}-local0` },
      ],
      run: (input) => getSecretValue(path, secretNameOf(input)),
    },
  });
}

function getSecretValue(path: string, name: string): JsonObject {
  const secrets = readJsonFile(path);
  const value = isJsonObject(secrets) && Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  if (typeof value !== 'string') {
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  return {
    ARN: `${arn.secret(name)}-local0`,
    Name: name,
    SecretString: value,
    VersionStages: ['AWSCURRENT'],
  };
}

/** A secret is named by its name, or by an ARN that ends with the name, a dash and six random characters. */
function secretNameOf(input: JsonObject): string {
  const id = String(input.SecretId ?? '');
  return id.startsWith('arn:') ? (id.split(':secret:').at(-1) ?? '').replace(/-[A-Za-z0-9]{6}$/, '') : id;
}
