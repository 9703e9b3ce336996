import { arn } from '../arn.ts';
import { AwsError } from '../control-plane/aws-error.ts';
import type { AwsService } from '../control-plane/aws-service.ts';
import { createJsonService } from '../control-plane/json-service.ts';
import { readJsonFile } from '../data-directory/read-json-file.ts';
import { writeJsonAtomically } from '../data-directory/write-json-atomically.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';

/** The values of a secret by the labels of Secrets Manager. The file may have a text alone: the current value. */
type Stages = Partial<Record<string, string>>;

/**
 * The Secrets Manager API: GetSecretValue and PutSecretValue. `path` is a JSON file with the names and values of secrets. It is
 * read at every call, so editing the file changes a secret.
 * @param names the secrets that exist before they have a value
 */
export function createSecretsManagerService(path: string, names: readonly string[] = []): AwsService {
  const permissions = (action: string) => (input: JsonObject) => [
    { action: `secretsmanager:${action}`, resource: `${arn.secret(secretNameOf(input))}-local0` },
  ];
  return createJsonService('secretsmanager', 'secretsmanager', {
    GetSecretValue: {
      permissions: permissions('GetSecretValue'),
      run: (input) => getSecretValue(path, input),
    },
    PutSecretValue: {
      permissions: permissions('PutSecretValue'),
      run: (input) => putSecretValue(path, names, input),
    },
  });
}

function getSecretValue(path: string, input: JsonObject): JsonObject {
  const name = secretNameOf(input);
  const stage = typeof input.VersionStage === 'string' ? input.VersionStage : 'AWSCURRENT';
  const value = readStages(path, name)?.[stage];
  if (value === undefined) throw notFound();
  return { ...identityOf(name), SecretString: value, VersionStages: [stage] };
}

/** The value before stays, under its own label. @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
function putSecretValue(path: string, names: readonly string[], input: JsonObject): JsonObject {
  const name = secretNameOf(input);
  const before = readStages(path, name);
  if (before === undefined && !names.includes(name)) throw notFound();
  if (typeof input.SecretString !== 'string') {
    throw new AwsError('InvalidParameterException', 'You must provide SecretString.');
  }
  const previous = before?.AWSCURRENT;
  const stages: Stages = { AWSCURRENT: input.SecretString, ...(previous && { AWSPREVIOUS: previous }) };
  const secrets = readJsonFile(path);
  writeJsonAtomically(path, { ...(isJsonObject(secrets) ? secrets : {}), [name]: stages }, 0o600);
  return { ...identityOf(name), VersionStages: ['AWSCURRENT'] };
}

function readStages(path: string, name: string): Stages | undefined {
  const secrets = readJsonFile(path);
  const stored = isJsonObject(secrets) && Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  if (typeof stored === 'string') return { AWSCURRENT: stored };
  return isJsonObject(stored) ? (stored as Stages) : undefined;
}

function identityOf(name: string) {
  return { ARN: `${arn.secret(name)}-local0`, Name: name };
}

function notFound(): AwsError {
  return new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

/** A secret is named by its name, or by an ARN that ends with the name, a dash and six random characters. */
function secretNameOf(input: JsonObject): string {
  const id = String(input.SecretId ?? '');
  return id.startsWith('arn:') ? (id.split(':secret:').at(-1) ?? '').replace(/-[A-Za-z0-9]{6}$/, '') : id;
}
