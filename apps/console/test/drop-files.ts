import type { Page } from 'playwright-core';

/** Drops files and folders of this machine on an element, as a person does who drags them from a folder. */
export async function dropFiles(page: Page, selector: string, paths: string[]): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new TypeError(`${selector} is not shown.`);
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + 20,
      data: { items: [], files: paths, dragOperationsMask: 1 },
    });
  await session.detach();
}
