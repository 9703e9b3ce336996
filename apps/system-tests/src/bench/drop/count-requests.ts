export const countedServices = ['s3', 'sqs', 'dynamodb', 'lambda', 'ecs', 'events'] as const;
export const callers = ['poller', 'invoker', 'worker'] as const;
type Caller = (typeof callers)[number];

/** The requests of one job, by service and by who made them. */
export type RequestCounts = Readonly<
  Record<(typeof countedServices)[number], Readonly<Record<Caller | 'all', number>>>
>;

/**
 * Averages for one job, without what uploading and watching took.
 * @param calls how often each action was called, by `principal service:Action`
 */
export function countRequests(calls: Readonly<Record<string, number>>, jobs: number): RequestCounts {
  const entries = Object.entries(calls).flatMap(([name, count]) => {
    const [, principal = '', service = ''] = /^(\S+) (\w+):/.exec(name) ?? [];
    return principal === 'operator' ? [] : [{ principal, service, count }];
  });
  const perJob = (service: string, caller?: Caller) =>
    entries
      .filter((entry) => entry.service === service && (caller === undefined || entry.principal === caller))
      .reduce((sum, { count }) => sum + count, 0) / jobs;
  return Object.fromEntries(
    countedServices.map((service) => [
      service,
      {
        all: perJob(service),
        ...Object.fromEntries(callers.map((caller) => [caller, perJob(service, caller)])),
      },
    ]),
  ) as RequestCounts;
}
