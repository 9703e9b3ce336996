import { useQuery } from '@tanstack/react-query';
import { type Chapter, parseChapters } from './parse-chapters.ts';

/** @param url of WebVTT; null where a film has none */
export function useChapters(url: string | null) {
  return useQuery({
    queryKey: ['chapters', url],
    queryFn: ({ signal }) => (url === null ? [] : loadChapters(url, signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function loadChapters(url: string, signal: AbortSignal): Promise<Chapter[]> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new ChaptersMissingError(response.status);
  return parseChapters(await response.text());
}

class ChaptersMissingError extends Error {
  constructor(status: number) {
    super(`The chapters cannot be loaded (status ${status}): reload the page.`);
  }
}
