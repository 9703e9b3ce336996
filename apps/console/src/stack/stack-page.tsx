import { PageHeader } from '../layout/page-header.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { HealthFindings } from './health-findings.tsx';
import { Places } from './places.tsx';
import { Spend } from './spend.tsx';
import { TenantQueue } from './tenant-queue.tsx';
import { Webhooks } from './webhooks.tsx';

export function StackPage() {
  return (
    <>
      <PageHeader title="Stack" />
      <Places />
      <TenantQueue />
      <Spend />
      <Webhooks />
      <DeadLetters />
      <HealthFindings />
    </>
  );
}
