import { resultOf } from '@fyrestream/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import { useApi } from '../api/api-context.tsx';
import type { Action, JobDetail } from '../api/views.ts';
import { Button } from '../design/button.tsx';
import { ConfirmButton } from '../design/confirm-button.tsx';
import { Failure } from '../design/failure.tsx';
import { actionNames } from '../jobs/actions.ts';
import { jobKey } from './use-live-job.ts';

/** What the status of the job allows. */
export function JobActions({ job: { jobId, status, allowedActions } }: { job: JobDetail }) {
  const client = useApi();
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (action: Action) =>
      resultOf(client.api.POST('/v1/jobs/{jobId}/{action}', { params: { path: { jobId, action } } })),
    onSuccess: (job) => queries.setQueryData<JobDetail>(jobKey(jobId), job),
    onError: () => queries.invalidateQueries({ queryKey: jobKey(jobId) }),
  });
  return (
    <>
      {allowedActions.map((action) =>
        action === 'cancel' ? (
          <ConfirmButton
            key={action}
            action={actionNames[action]}
            question="Cancel this job?"
            isDisabled={isPending}
            onConfirm={() => mutate(action)}
          >
            Work that was done is lost. A cancelled job can be retried.
          </ConfirmButton>
        ) : (
          <Button
            key={action}
            look={status === 'failed' && action === 'retry' ? 'primary' : 'plain'}
            isDisabled={isPending}
            onPress={() => mutate(action)}
          >
            {actionNames[action]}
          </Button>
        ),
      )}
      {status === 'succeeded' && (
        <Link href={`/films/${jobId}`} className="button button-primary">
          Open the film
        </Link>
      )}
      {error && <Failure error={error} />}
    </>
  );
}
