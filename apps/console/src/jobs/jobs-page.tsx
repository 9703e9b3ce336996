import { PageHeader } from '../layout/page-header.tsx';

export function JobsPage() {
  return <PageHeader title="Jobs" />;
}
