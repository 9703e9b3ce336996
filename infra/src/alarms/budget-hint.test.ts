import { expect, it } from 'vitest';
import { budgetHint } from './budget-hint.ts';

// https://github.com/org-formation/org-formation-cli/pull/198
it('a linked account without budgets is told to ask its management account, or to switch the budget off', () => {
  const error =
    'creating Budget: Account 123456789012 is a linked account. To enable budgets for your account, ask the payer account to enable budgets first.';
  expect(budgetHint(error)).toMatch(/linked account of an organization.*fyrestream:monthlyBudgetUsd off$/);
});

it('an identity without access to billing is told which access is missing, or to switch the budget off', () => {
  const error =
    'creating Budget: AccessDeniedException: User: arn:aws:iam::123456789012:user/x is not authorized to perform: budgets:ModifyBudget';
  expect(budgetHint(error)).toMatch(/IAM user and role access.*fyrestream:monthlyBudgetUsd off$/);
});

it('says nothing about other errors', () => {
  expect(budgetHint('creating Budget: DuplicateRecordException')).toBeNull();
});
