/** What to do where AWS does not let this account or this identity create a budget; null for other errors. */
export function budgetHint(error: string): string | null {
  const isLinked = /linked account/i.test(error);
  if (!isLinked && !/access ?denied|not authorized/i.test(error)) return null;
  const cause = isLinked
    ? 'This is a linked account of an organization, whose management account has not enabled budgets for it (or less than a day ago).'
    : 'This identity has no access to billing: it needs budgets:ModifyBudget, and the root user must activate "IAM user and role access to Billing information".';
  return `The budget of the stack cannot be created. ${cause} Without a budget, everything else works: pulumi config set fyrestream:monthlyBudgetUsd off`;
}
