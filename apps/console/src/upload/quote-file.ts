import { type Client, resultOf } from '@fyrestream/client';
import type { Quote } from '../api/views.ts';
import { readVideoFacts } from './read-video-facts.ts';

/** What a file would become and cost. */
export async function quoteFile(client: Client, file: File): Promise<Quote> {
  const facts = await readVideoFacts(file);
  return resultOf(client.api.POST('/v1/quotes', { body: { sizeBytes: Math.max(1, file.size), ...facts } }));
}
