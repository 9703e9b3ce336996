import { FyrestreamError, type InvokerMessage, invokerMessageSchema } from '@fyrestream/events';
import { z } from 'zod';
import { admitUpload } from './admit-upload.ts';
import { handleStoppedTask } from './handle-stopped-task.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { reconcileJob } from './reconcile-job.ts';
import { sweep } from './sweep.ts';

/**
 * The invoker: brings the job that a message is about as far as it can be brought now. Everything it knows stands in
 * the ledger, so the same message may come twice, late, or to two invokers at once: each step is taken once.
 * Returning means that the ledger holds all that is still to happen; throwing sends the message back to its queue.
 */
export function createInvoker(dependencies: InvokerDependencies) {
  return async function handle(event: unknown): Promise<void> {
    const message = parse(event);
    switch (message.kind) {
      case 'upload-received': {
        const job = await admitUpload(dependencies, message.upload);
        return reconcileJob(dependencies, job, { remind: true });
      }
      case 'task-stopped':
        return handleStoppedTask(dependencies, message.task);
      case 'job-due': {
        const job = await dependencies.ledger.readJob(message.jobId);
        if (job === null) return dependencies.log.warn(message, 'job-unknown');
        return reconcileJob(dependencies, job, { remind: true });
      }
      case 'sweep-requested':
        return sweep(dependencies);
    }
  };
}

function parse(event: unknown): InvokerMessage {
  const parsed = invokerMessageSchema.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new FyrestreamError({
    code: 'malformed-message',
    message: `The invoker was called with something else than a message for it: ${z.prettifyError(parsed.error)}`,
    retryable: false,
  });
}
