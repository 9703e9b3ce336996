import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** The rules of axe that a page breaks seriously, each with the elements. */
export async function findAccessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(`if (!('axe' in globalThis)) { ${axe.source} }`);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`,
    );
}
