import { fromHttp } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { processEnvironment } from './environment.ts';

const secrets = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
] as const;

/**
 * Removes the credentials from an environment and returns them, so that child processes do not inherit them. ffmpeg parses
 * untrusted uploads: a process that an attacker controls must not have credentials.
 * @returns undefined if the environment has none; the SDK then uses its default chain
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export function removeCredentials(
  environment: NodeJS.ProcessEnv = processEnvironment,
): AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined {
  const taken = Object.fromEntries(secrets.map((name) => [name, environment[name]]));
  for (const name of secrets) delete environment[name];
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = taken;
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    };
  }
  const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI } = taken;
  const { AWS_CONTAINER_AUTHORIZATION_TOKEN } = taken;
  if (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || AWS_CONTAINER_CREDENTIALS_FULL_URI) {
    return fromHttp({
      ...(AWS_CONTAINER_CREDENTIALS_RELATIVE_URI && {
        awsContainerCredentialsRelativeUri: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI,
      }),
      ...(AWS_CONTAINER_CREDENTIALS_FULL_URI && {
        awsContainerCredentialsFullUri: AWS_CONTAINER_CREDENTIALS_FULL_URI,
      }),
      ...(AWS_CONTAINER_AUTHORIZATION_TOKEN && {
        awsContainerAuthorizationToken: AWS_CONTAINER_AUTHORIZATION_TOKEN,
      }),
    });
  }
  return undefined;
}
