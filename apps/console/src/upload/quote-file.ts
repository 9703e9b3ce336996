import { type Client, resultOf } from '@fyrestream/client';
import type { Quote } from '../api/views.ts';
import { readVideoFacts } from './read-video-facts.ts';

/** What a file would become and cost. @param profile null for `default` */
export async function quoteFile(client: Client, file: File, profile: string | null): Promise<Quote> {
  const facts = await readVideoFacts(file);
  const body = { sizeBytes: Math.max(1, file.size), ...facts, ...(profile !== null && { profile }) };
  return resultOf(client.api.POST('/v1/quotes', { body }));
}
