import { describeCostLimit, FyrestreamError } from '@fyrestream/events';

/** The job costs more than the limit of the stack. A person may release it. */
export class CostLimitError extends FyrestreamError {
  readonly costEstimateUsd: number;

  constructor(costEstimateUsd: number, limitUsd: number, detail: string) {
    super({
      code: 'cost-limit',
      message: `${describeCostLimit(costEstimateUsd, limitUsd)}: ${detail}`,
      retryable: true,
    });
    this.name = 'CostLimitError';
    this.costEstimateUsd = costEstimateUsd;
  }
}
