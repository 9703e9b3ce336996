import { buildVersion } from './build-version.ts';
import { encodeTracks } from './encode-unit.ts';
import { makePlan } from './plan-job.ts';

/** The three stages that run ffmpeg. Whatever happens in them, only what is stored afterwards counts. */
export const mediaStages = { makePlan, encodeTracks, buildVersion };
export type MediaStages = typeof mediaStages;
