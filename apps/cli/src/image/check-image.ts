import type { Settings } from '@fyrestream/events';
import { createFinding, type Finding } from '@fyrestream/operations';
import { errorMessage } from '../describe-error.ts';
import { findDigest } from './find-digest.ts';
import { parseImageReference } from './image-reference.ts';

/** Debian publishes fixes of ffmpeg and its libraries every few weeks. */
const maxUpdateAgeDays = 30;
const millisecondsPerDay = 86_400_000;

/**
 * Whether the base images of a stack are pinned to the newest ones, and its packages were updated lately.
 * @param today ISO date
 */
export async function checkImage(image: Settings['image'], today: string): Promise<Finding[]> {
  return [
    await checkBase('debian', image.debian),
    await checkBase('node', image.node),
    checkUpdate(image.updated, today),
  ];
}

async function checkBase(setting: 'debian' | 'node', text: string): Promise<Finding> {
  const reference = parseImageReference(text);
  const { name, digest } = reference;
  try {
    const newest = await findDigest(reference);
    const command = setCommand(setting, `${name}@${newest}`);
    if (digest === null)
      return createFinding(
        setting,
        text,
        `${name} is not pinned, so a build may use an old copy: ${command}`,
      );
    const wrong = digest === newest ? null : `there is a newer ${name}: ${command}`;
    return createFinding(setting, `${name} is the newest`, wrong);
  } catch (error) {
    return {
      about: setting,
      verdict: 'unknown',
      message: errorMessage(error) ?? 'no answer of the registry',
    };
  }
}

function checkUpdate(updated: string | undefined, today: string): Finding {
  const days = updated === undefined ? null : (Date.parse(today) - Date.parse(updated)) / millisecondsPerDay;
  const command = setCommand('updated', today);
  const wrong =
    days === null
      ? `no date, so a build may use packages of an earlier one: ${command}`
      : days > maxUpdateAgeDays
        ? `packages are ${Math.floor(days)} days old: ${command}`
        : null;
  return createFinding('packages', `updated on ${updated}`, wrong);
}

function setCommand(field: string, value: string): string {
  return `pulumi config set --path fyrestream:image.${field} ${value}`;
}
