import { resultOf } from '@fyrestream/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import { useApi } from '../api/api-context.tsx';
import './newer-version.css';

/** Leads from a version that was replaced to the one that is published now. */
export function NewerVersion({ sourceKey }: { sourceKey: string }) {
  const client = useApi();
  const { data: current } = useQuery({
    queryKey: ['current-video', sourceKey],
    queryFn: ({ signal }) =>
      resultOf(client.api.GET('/v1/videos', { params: { query: { key: sourceKey } }, signal })),
  });
  return (
    <p className="newer-version">
      This version was replaced: its files stay for some days.{' '}
      {current && <Link href={`/films/${current.jobId}`}>Go to the film that is published now.</Link>}
    </p>
  );
}
