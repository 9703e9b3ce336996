import { PageHeader } from '../layout/page-header.tsx';

export function JobPage({ jobId }: { jobId: string }) {
  return <PageHeader title={`Job ${jobId}`} />;
}
