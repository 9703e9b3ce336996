import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DockerEngine } from './docker-engine.ts';

/**
 * Creates the base images of the Dockerfile if the engine does not have them: Debian with debootstrap, Node from the
 * binary that runs this script.
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
  if (engine.capture('images', '--quiet', name) !== '') return;
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
    engine.capture('import', join(folder, 'root.tar'), name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
