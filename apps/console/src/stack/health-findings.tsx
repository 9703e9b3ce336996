import { resultOf } from '@fyrestream/client';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import { Button } from '../design/button.tsx';
import { Failure } from '../design/failure.tsx';
import { Loading } from '../design/loading.tsx';
import { Section } from '../layout/section.tsx';
import './health-findings.css';

/** What `fyrestream doctor` finds. */
export function HealthFindings() {
  const client = useApi();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => resultOf(client.api.GET('/v1/stack/health', { signal })),
  });
  return (
    <Section
      title="Health"
      actions={
        <Button isDisabled={isFetching} onPress={() => refetch()}>
          Check again
        </Button>
      }
    >
      {error && <Failure error={error} />}
      {!data && !error && <Loading />}
      {data && (
        <ul className="health-findings">
          {data.findings.map(({ about, verdict, message }) => (
            <li key={`${about} ${message}`} data-verdict={verdict}>
              <span className="health-findings-verdict">{verdict}</span>
              <span className="health-findings-about">{about}</span>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
