import { PageHeader } from '../layout/page-header.tsx';

export function UploadPage() {
  return <PageHeader title="Upload" />;
}
