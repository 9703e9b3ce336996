import { FyrestreamError } from '@fyrestream/events';

/** The job costs more than the limit of the stack. A person may release it. */
export class CostLimitError extends FyrestreamError {
  readonly costEstimateUsd: number;

  constructor(costEstimateUsd: number, limitUsd: number, detail: string) {
    super({
      code: 'cost-limit',
      message: `The estimated cost of ${costEstimateUsd.toFixed(2)} USD is above the limit of ${limitUsd} USD: ${detail}`,
      retryable: true,
    });
    this.name = 'CostLimitError';
    this.costEstimateUsd = costEstimateUsd;
  }
}
