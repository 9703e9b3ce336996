import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Copies the built apps, so that a build in the meantime does not change what runs, and puts `start.mjs` beside each
 * `main.mjs`: it makes the clock of the process follow the fault state before the app starts.
 */
export async function copyBundles(
  directory: string,
  faultsFile: string,
  effectsFile: string,
): Promise<string> {
  const shiftClock = new URL('./faults/shift-clock.ts', import.meta.url).href;
  for (const app of ['poller', 'invoker', 'notifier', 'worker']) {
    const built = fileURLToPath(new URL(`../../${app}/dist`, import.meta.url));
    await cp(built, join(directory, app), { recursive: true });
    await writeFile(
      join(directory, app, 'start.mjs'),
      `import { shiftClock } from ${JSON.stringify(shiftClock)};
shiftClock(${JSON.stringify(faultsFile)}, ${JSON.stringify(effectsFile)});
export const { handler } = await import('./main.mjs');
`,
    );
  }
  return directory;
}
