import { resultOf } from '@fyrestream/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import type { Action } from '../api/views.ts';
import { jobListKey } from './use-jobs.ts';

interface Intervention {
  readonly action: Action;
  readonly jobIds: string[];
}

/** Retries, cancels, holds or releases several jobs. */
export function useIntervention() {
  const client = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Intervention) => resultOf(client.api.POST('/v1/interventions', { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: [jobListKey] }),
  });
}
