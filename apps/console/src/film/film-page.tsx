import { PageHeader } from '../layout/page-header.tsx';

export function FilmPage({ jobId }: { jobId: string }) {
  return <PageHeader title={`Film ${jobId}`} />;
}
