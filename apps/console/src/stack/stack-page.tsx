import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import type { StackView } from '../api/views.ts';
import { Failure } from '../design/failure.tsx';
import { KeyValues } from '../design/key-values.tsx';
import { Loading } from '../design/loading.tsx';
import { PageHeader } from '../layout/page-header.tsx';
import { Section } from '../layout/section.tsx';

export function StackPage() {
  const api = useApi();
  const stack = useQuery({ queryKey: ['stack'], queryFn: ({ signal }) => api.showStack(signal) });
  return (
    <>
      <PageHeader title="Stack" />
      {stack.isPending && <Loading />}
      {stack.isError && <Failure error={stack.error} />}
      {stack.data && <StackFacts stack={stack.data} />}
    </>
  );
}

function StackFacts({ stack: { name, region, versions, places } }: { stack: StackView }) {
  return (
    <Section title="This stack">
      <KeyValues
        entries={[
          ['Name', name],
          ['Region', region],
          ['Places taken', places.max === null ? places.taken : `${places.taken} of ${places.max}`],
          ['Fyrestream', versions.fyrestream],
          ['Node', versions.node],
        ]}
      />
    </Section>
  );
}
