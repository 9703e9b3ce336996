import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DockerEngine } from './docker-engine.ts';

/**
 * Makes the images that the Dockerfile begins with, under the names that it uses, where the engine has none: Debian from
 * Debian's own packages, Node from the one that runs this.
 */
export function makeBaseImages(engine: DockerEngine): void {
  makeImage(engine, 'debian:trixie-slim', (folder) => {
    execFileSync('debootstrap', ['--variant=minbase', 'trixie', folder], { stdio: 'ignore' });
  });
  makeImage(engine, 'node:24-trixie-slim', (folder) => {
    mkdirSync(join(folder, 'usr/local/bin'), { recursive: true });
    copyFileSync(realpathSync(process.execPath), join(folder, 'usr/local/bin/node'));
  });
}

function makeImage(engine: DockerEngine, name: string, fill: (folder: string) => void): void {
  if (engine.ask('images', '--quiet', name) !== '') return;
  const folder = mkdtempSync(join(tmpdir(), 'fyrestream-image-'));
  try {
    fill(join(folder, 'root'));
    execFileSync('tar', [
      '--create',
      '--file',
      join(folder, 'root.tar'),
      '--directory',
      join(folder, 'root'),
      '.',
    ]);
    engine.ask('import', join(folder, 'root.tar'), name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
