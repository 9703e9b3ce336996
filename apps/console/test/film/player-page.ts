import type { Page } from 'playwright-core';

/** The player as a person uses it, and what it shows and plays. */
export interface PlayerPage {
  readonly play: () => Promise<void>;
  /** Stops at the first second. */
  readonly rewind: () => Promise<void>;
  /** Plays from the first second again. */
  readonly restart: () => Promise<void>;
  /** From now on the video begins again at its end, so that a slow machine does not miss that it plays. */
  readonly loop: () => Promise<void>;
  readonly choose: (menu: keyof typeof menuNames, item: string | RegExp) => Promise<void>;
  /** What a menu offers, without the quality that `Auto` has now. */
  readonly listed: (menu: keyof typeof menuNames) => Promise<string[]>;
  /** Moves the mouse over the time line. @param fraction of its width */
  readonly pointAt: (fraction: number) => Promise<void>;
  /** The image of the time under the mouse, as it is on the screen. */
  readonly shownThumbnail: () => Promise<Buffer>;
  /** The title of the chapter under the mouse, above the time line. */
  readonly shownChapter: () => Promise<string>;
  /** The empty middle of the controls, and the picture above it. */
  readonly shownMiddle: () => Promise<{ controls: Buffer; above: Buffer }>;
  /** A corner of the picture without controls. */
  readonly shownPicture: () => Promise<Buffer>;
  /** A setting of the instance of hls.js that plays. */
  readonly hlsSetting: (name: string) => Promise<unknown>;
  readonly pictureHeight: () => Promise<number>;
  readonly loudestHertz: () => Promise<number>;
  readonly shownCaptions: () => Promise<string[]>;
  readonly currentSeconds: () => Promise<number>;
  readonly isPaused: () => Promise<boolean>;
  readonly ended: () => Promise<void>;
}

const menuNames = { Quality: 'rendition', Audio: 'audio-track', Captions: 'captions' };

export async function openPlayer(page: Page): Promise<PlayerPage> {
  const video = page.locator('hls-video video');
  await page.waitForFunction(() => {
    const element = document.querySelector<HTMLElement & { readyState: number }>('hls-video');
    return (element?.readyState ?? 0) >= HTMLMediaElement.HAVE_CURRENT_DATA;
  });
  const timeLine = page.locator('media-time-range');
  return {
    play: () => page.locator('media-play-button').click(),
    rewind: () =>
      video.evaluate((element: HTMLVideoElement) => {
        element.pause();
        element.currentTime = 1;
      }),
    restart: () =>
      video.evaluate((element: HTMLVideoElement) => {
        element.currentTime = 1;
        return element.play();
      }),
    loop: () =>
      video.evaluate((element: HTMLVideoElement) => {
        element.loop = true;
      }),
    choose: async (menu, item) => {
      await page.locator(`media-${menuNames[menu]}-menu-button`).click();
      await page.locator(`media-${menuNames[menu]}-menu`).getByRole('menuitemradio', { name: item }).click();
    },
    listed: async (menu) => {
      const items = page.locator(`media-${menuNames[menu]}-menu`).locator('[role=menuitemradio]');
      return (await items.allTextContents()).map((text) => text.replace(/\(.*\)/, '').trim());
    },
    pointAt: async (fraction) => {
      // Its ends are half a thumb away from its edges.
      const box = await page.locator('media-time-range #range').boundingBox();
      if (box === null) throw new TypeError('The time line is not visible.');
      await page.mouse.move(box.x + fraction * box.width, box.y + box.height / 2);
    },
    shownThumbnail: async () => {
      const image = timeLine.locator('media-preview-thumbnail img');
      await image.evaluate((element: HTMLImageElement) => element.decode());
      return timeLine.locator('media-preview-thumbnail').screenshot();
    },
    shownChapter: async () =>
      (await timeLine.locator('media-preview-chapter-display').getAttribute('aria-valuetext')) ?? '',
    shownPicture: async () => {
      const box = await video.boundingBox();
      if (box === null) throw new TypeError('The picture is not visible.');
      return page.screenshot({ clip: { x: box.x + 40, y: box.y + 40, width: 100, height: 60 } });
    },
    shownMiddle: async () => {
      const space = await page.locator('.player-space').boundingBox();
      const button = await page.locator('media-play-button').boundingBox();
      if (space === null || button === null) throw new TypeError('The controls are not visible.');
      const { x, width } = space;
      const { y, height } = button;
      return {
        controls: await page.screenshot({ clip: { x, y, width, height } }),
        above: await page.screenshot({ clip: { x, y: y - 120, width, height: 90 } }),
      };
    },
    hlsSetting: (name) =>
      page
        .locator('hls-video')
        .evaluate(
          (element, setting) =>
            (element as HTMLElement & { api: { config: Record<string, unknown> } }).api.config[setting],
          name,
        ),
    pictureHeight: () => video.evaluate((element: HTMLVideoElement) => element.videoHeight),
    loudestHertz: () => video.evaluate(measureLoudest),
    shownCaptions: () =>
      video.evaluate((element: HTMLVideoElement) =>
        [...element.textTracks]
          .filter(({ mode, kind }) => mode === 'showing' && ['captions', 'subtitles'].includes(kind))
          .flatMap(({ activeCues }) => [...(activeCues ?? [])].map((cue) => (cue as VTTCue).text)),
      ),
    currentSeconds: () => video.evaluate((element: HTMLVideoElement) => element.currentTime),
    isPaused: () => video.evaluate((element: HTMLVideoElement) => element.paused),
    ended: async () => {
      await page.waitForFunction(
        () => document.querySelector<HTMLElement & { ended: boolean }>('hls-video')?.ended,
      );
    },
  };
}

/** The frequency that is the loudest in what the element plays. */
async function measureLoudest(element: HTMLVideoElement): Promise<number> {
  const own = element as HTMLVideoElement & { analyser?: AnalyserNode };
  if (own.analyser === undefined) {
    const context = new AudioContext();
    own.analyser = new AnalyserNode(context, { fftSize: 4_096, smoothingTimeConstant: 0 });
    context.createMediaElementSource(element).connect(own.analyser);
    await context.resume();
  }
  const levels = new Float32Array(own.analyser.frequencyBinCount);
  own.analyser.getFloatFrequencyData(levels);
  const loudest = levels.indexOf(Math.max(...levels));
  return (loudest * own.analyser.context.sampleRate) / own.analyser.fftSize;
}
