import pMap from 'p-map';

/**
 * Calls `work` for each item, with at most `concurrency` calls at a time. After the first failure it takes no further item.
 * Unlike `pMap` it rejects only when the running calls have ended, so that none of them writes after its caller gave up.
 */
export async function forEachConcurrent<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let failure: { readonly cause: unknown } | undefined;
  const fail = (cause: unknown) => {
    failure ??= { cause };
  };
  const untilFailure = async function* () {
    try {
      for await (const item of items) {
        if (failure) return;
        yield item;
      }
    } catch (cause) {
      fail(cause);
    }
  };
  await pMap(untilFailure(), (item) => work(item).catch(fail), { concurrency });
  if (failure) throw failure.cause;
}
