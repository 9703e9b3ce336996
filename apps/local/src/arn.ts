/** The ARNs of all resources. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const region = 'us-east-1';
/** fauxqs and dynalite use this account id too. */
export const accountId = '000000000000';

export const arn = {
  bucket: (bucket: string) => `arn:aws:s3:::${bucket}`,
  object: (bucket: string, key: string) => `arn:aws:s3:::${bucket}/${key}`,
  queue: (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`,
  table: (name: string) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`,
  index: (table: string, index: string) =>
    `arn:aws:dynamodb:${region}:${accountId}:table/${table}/index/${index}`,
  function: (name: string) => `arn:aws:lambda:${region}:${accountId}:function:${name}`,
  cluster: (name: string) => `arn:aws:ecs:${region}:${accountId}:cluster/${name}`,
  taskDefinition: (family: string, revision: number | string) =>
    `arn:aws:ecs:${region}:${accountId}:task-definition/${family}:${revision}`,
  task: (cluster: string, taskId: string) => `arn:aws:ecs:${region}:${accountId}:task/${cluster}/${taskId}`,
  container: (cluster: string, taskId: string, containerId: string) =>
    `arn:aws:ecs:${region}:${accountId}:container/${cluster}/${taskId}/${containerId}`,
  eventBus: (name: string) => `arn:aws:events:${region}:${accountId}:event-bus/${name}`,
  /** All streams of a log group. IAM checks this ARN; a policy names it with `:*` at the end. */
  logStreams: (logGroup: string) => `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}:log-stream:`,
  secret: (name: string) => `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}`,
  role: (name: string) => `arn:aws:iam::${accountId}:role/${name}`,
  user: (name: string) => `arn:aws:iam::${accountId}:user/${name}`,
  session: (role: string, session: string) => `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`,
} as const;
