/** A run of frames between two cuts. */
export interface Scene {
  /** A chain of filters without inputs that gives frames of 1920x1080. */
  readonly filters: string;
  readonly frames: number;
}

export const materialSize = { width: 1920, height: 1080 };
export const materialFrameRate = 30;

const size = `s=${materialSize.width}x${materialSize.height}:r=${materialFrameRate}`;
/** As in films: a cut every 2 to 5 seconds. */
const sceneSeconds = [4, 3, 5, 2.5, 3.5, 4.5];
/** Places of the Mandelbrot set with detail of every size, as foliage or crowds have. */
const places = [
  { x: -0.7435669, y: 0.1314023, scale: 0.01 },
  { x: -1.25066, y: 0.02012, scale: 0.003 },
  { x: -0.1011, y: 0.9563, scale: 0.02 },
  { x: 0.2925755, y: 0.0149977, scale: 0.004 },
];

/** Scenes of different kinds that last `seconds` together; the same for each run. */
export function planScenes(seconds: number): Scene[] {
  const scenes: Scene[] = [];
  let framesLeft = Math.round(seconds * materialFrameRate);
  for (let index = 0; framesLeft > 0; index += 1) {
    const usual = (sceneSeconds[index % sceneSeconds.length] ?? 4) * materialFrameRate;
    const frames = Math.min(framesLeft, usual);
    const { picture, grain } = kinds[index % kinds.length] ?? { picture: panOverDetail, grain: 0 };
    // The grain of a camera: new in each frame, and as large as a pixel whatever is filmed.
    const filters = `${picture(index, frames)},trim=end_frame=${frames},format=yuv420p,noise=alls=${grain}:allf=t`;
    scenes.push({ filters, frames });
    framesLeft -= frames;
  }
  return scenes;
}

type Picture = (index: number, frames: number) => string;

/** A camera that moves over a scene full of detail. */
const panOverDetail: Picture = (index) => {
  const [right, down] = [2 + (index % 5) * 2, 1 + (index % 2) * 2];
  return `${still(index, '2880x1620')},loop=-1:1,crop=${materialSize.width}:${materialSize.height}:x='mod(40+${right}*n,960)':y='mod(30+${down}*n,540)'`;
};

/** A camera that moves closer. */
const zoomIn: Picture = (index, frames) =>
  `${still(index, '1920x1080')},zoompan=z='1+${0.002 + (index % 5) / 1_000}*on':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=${frames}:${size.replace(':r=', ':fps=')}`;

/** Sky or a wall: smooth areas that show banding, with slow change. */
const smoothAreas: Picture = (index) =>
  `gradients=${size}:speed=0.01:nb_colors=4:seed=${index + 1},eq=saturation=0.5`;

/** Texture that changes everywhere at once, such as water. */
const movingTexture: Picture = (index) =>
  `life=s=480x270:r=${materialFrameRate}:mold=12:ratio=0.35:seed=${index + 1}:death_color=0x203040:life_color=0xc0d8f0:mold_color=0x405878,scale=1920:1080:flags=bicubic,gblur=sigma=3`;

/** A pan in the dark: little contrast, most of it is grain. */
const darkPan: Picture = (index, frames) =>
  `${panOverDetail(index + 1, frames)},eq=brightness=-0.25:contrast=0.5`;

/** Sharp edges and letters: titles and screens. */
const graphics: Picture = () => `testsrc2=${size}`;

/** The less light, the more grain. */
const kinds: readonly { readonly picture: Picture; readonly grain: number }[] = [
  { picture: panOverDetail, grain: 6 },
  { picture: smoothAreas, grain: 4 },
  { picture: zoomIn, grain: 6 },
  { picture: movingTexture, grain: 3 },
  { picture: darkPan, grain: 9 },
  { picture: graphics, grain: 1 },
];

/** One frame, as soft and as coloured as a lens shows the world. */
function still(index: number, frameSize: string): string {
  const { x, y, scale } = places[index % places.length] ?? { x: 0, y: 0, scale: 1 };
  return `mandelbrot=s=${frameSize}:r=${materialFrameRate}:start_x=${x}:start_y=${y}:start_scale=${scale}:maxiter=600,trim=end_frame=1,gblur=sigma=1,eq=saturation=0.5`;
}
