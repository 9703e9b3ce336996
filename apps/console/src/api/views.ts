import type { components } from '@fyrestream/client';

type Schemas = components['schemas'];

export type { Job, JobDetail } from '@fyrestream/client';
export type JobStatus = Schemas['Job']['status'];
export type JobPage = Schemas['JobPage'];
export type Action = Schemas['Intervention']['action'];
export type Reason = NonNullable<Schemas['Reason']>;
export type JobLog = Schemas['LogLines'];
export type Plan = Schemas['Plan'];
export type Quote = Schemas['Quote'];
export type Track = Schemas['Track'];
export type Costs = Schemas['Costs'];
export type Making = NonNullable<Schemas['Making']>;
export type Stack = Schemas['Stack'];
export type Queue = Schemas['Queue'];
export type DeadLetter = Schemas['DeadLetter'];
export type QueueName = Schemas['Redrive']['queue'];
export type Webhooks = Schemas['Webhooks'];
