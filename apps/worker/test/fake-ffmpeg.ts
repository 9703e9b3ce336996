import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** An `ffmpeg` that is first on the PATH and runs a script of the test; it lists its capabilities like the real one. */
export interface FakeFfmpeg {
  readonly directory: string;
  /** The next runs execute this shell script; `$REAL_FFMPEG` is the real one. */
  behave(script: string): Promise<void>;
  remove(): Promise<void>;
}

/** Changes the PATH of this process permanently: fluent-ffmpeg searches for ffmpeg only once. */
export async function installFakeFfmpeg(): Promise<FakeFfmpeg> {
  const directory = await mkdtemp(join(tmpdir(), 'fake-ffmpeg-'));
  const { stdout } = await promisify(execFile)('sh', ['-c', 'command -v ffmpeg']);
  const real = stdout.trim();
  const path = join(directory, 'ffmpeg');
  const behaviour = join(directory, 'behaviour');
  await writeFile(
    path,
    [
      '#!/bin/sh',
      `export REAL_FFMPEG=${real}`,
      `case "$1" in -formats|-encoders|-codecs|-filters|-version) exec ${real} "$@" ;; esac`,
      `exec sh ${behaviour} "$@"`,
      '',
    ].join('\n'),
  );
  await chmod(path, 0o755);
  process.env.PATH = `${directory}:${process.env.PATH}`;
  return {
    directory,
    behave: (script) => writeFile(behaviour, script),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
