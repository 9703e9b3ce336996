import { errorMessage } from '../describe-error.ts';

/** What `cancelJob` reports where it could not stop a task. */
export function noteRunningTask(note: (line: string) => void): (error: unknown) => void {
  return (error) =>
    note(`its task could not be stopped and will notice the cancellation by itself: ${errorMessage(error)}`);
}
