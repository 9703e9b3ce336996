import { type Client, resultOf } from '@fyrestream/client';
import type { Quote } from '../api/views.ts';
import { readVideoFacts } from './read-video-facts.ts';

/** What a file would become and cost. @param profile null if the rules of the stack decide by the path below `videos/` */
export async function quoteFile(
  client: Client,
  { file, path, profile }: { file: File; path: string; profile: string | null },
): Promise<Quote> {
  const facts = await readVideoFacts(file);
  const body = {
    sizeBytes: Math.max(1, file.size),
    ...facts,
    ...(profile === null ? { path } : { profile }),
  };
  return resultOf(client.api.POST('/v1/quotes', { body }));
}
