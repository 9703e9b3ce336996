import type { Action, Job } from '../api/views.ts';
import { Button } from '../design/button.tsx';
import { ConfirmButton } from '../design/confirm-button.tsx';
import { Failure } from '../design/failure.tsx';
import { formatCount } from '../format/quantities.ts';
import { actionNames, actions, describeResults, isOffered } from './actions.ts';
import './bulk-actions.css';
import { useIntervention } from './use-intervention.ts';

interface Props {
  readonly selected: readonly Job[];
  readonly onDone: () => void;
}

/** What can be done with the selected jobs, and what it did. */
export function BulkActions({ selected, onDone }: Props) {
  const { mutate, isPending, error, data, variables } = useIntervention();
  const run = (action: Action) =>
    mutate({ action, jobIds: selected.map(({ jobId }) => jobId) }, { onSuccess: onDone });
  return (
    <div className="bulk-actions">
      {selected.length > 0 && (
        <div className="bulk-actions-bar" role="toolbar" aria-label="Selected jobs">
          <span>{formatCount(selected.length, 'job')} selected</span>
          {actions
            .filter((action) => isOffered(action, selected))
            .map((action) =>
              action === 'cancel' ? (
                <ConfirmButton
                  key={action}
                  action={actionNames[action]}
                  question={`Cancel ${formatCount(selected.length, 'job')}?`}
                  isDisabled={isPending}
                  onConfirm={() => run(action)}
                >
                  Work that was done is lost. A cancelled job can be retried.
                </ConfirmButton>
              ) : (
                <Button key={action} isDisabled={isPending} onPress={() => run(action)}>
                  {actionNames[action]}
                </Button>
              ),
            )}
        </div>
      )}
      <p className="bulk-actions-result" role="status">
        {data && describeResults(variables.action, data)}
      </p>
      {error && <Failure error={error} />}
    </div>
  );
}
