import { ensureFfmpeg } from './ensure-ffmpeg.mjs';
import { findNode } from './find-node.mjs';
import { installDependencies } from './install-dependencies.mjs';

/** Everything between a fresh clone and the first build, each step skipped where its work is done. */
export async function prepareMachine() {
  await installDependencies();
  findNode(); // says what is wrong before ffmpeg is installed for nothing
  await ensureFfmpeg();
}
