import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { watermarkImageSchema, watermarkKey } from '@fyrestream/events';
import { mediaCeilings, sniffWatermark } from '@fyrestream/media';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { toOneLine } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';

interface WatermarkOptions extends StackOptions {
  readonly name?: string;
  readonly json?: true;
}

export function addWatermarkCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('watermark'))
    .description('put an image below watermarks/, where profiles find it')
    .argument('<file>', 'a PNG, WebP or JPEG')
    .addOption(
      new Option('--name <path>', 'its path below watermarks/; its own name by default').argParser(imageName),
    )
    .option('--json', 'one line of JSON')
    .action((path: string, options: WatermarkOptions) => putWatermark(path, options, context));
}

function imageName(typed: string): string {
  const parsed = watermarkImageSchema.safeParse(typed);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It ${parsed.error.issues[0]?.message}.`);
}

async function putWatermark(
  path: string,
  { name, json, ...options }: WatermarkOptions,
  { terminal, interrupted }: CommandContext,
): Promise<void> {
  const mediaType = await requireImage(path);
  const parsed = watermarkImageSchema.safeParse(name ?? basename(path));
  if (!parsed.success) {
    const why = `${path} cannot have its own name below watermarks/, which ${parsed.error.issues[0]?.message}: give another one with --name.`;
    throw new UsageError('bad-watermark', why);
  }
  const image = parsed.data;
  const stack = await openStack(options);
  const address = { bucket: stack.sourceBucket, key: watermarkKey(image) };
  const headers = { contentType: mediaType, cacheControl: 'private, no-cache' };
  const { versionId } = await stack.store.upload(address, path, headers, { signal: interrupted });
  terminal.print(
    json
      ? JSON.stringify({ image, ...address, versionId })
      : toOneLine(`s3://${address.bucket}/${address.key}: profiles name it watermark: { image: ${image} }`),
  );
}

const mediaTypes = { png_pipe: 'image/png', webp_pipe: 'image/webp', jpeg_pipe: 'image/jpeg' } as const;

/** What a job would refuse later. @returns the media type @throws UsageError `bad-watermark` */
async function requireImage(path: string): Promise<string> {
  const file = await open(path).catch(() => {
    throw new UsageError('bad-watermark', `There is no file ${path} that can be read.`);
  });
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0).catch(() => {
      throw new UsageError('bad-watermark', `${path} is no file.`);
    });
    const demuxer = sniffWatermark(buffer.subarray(0, bytesRead));
    if (demuxer === null)
      throw new UsageError('bad-watermark', `${path} is no PNG, WebP or JPEG, which a watermark has to be.`);
    if (size <= mediaCeilings.watermarkBytes) return mediaTypes[demuxer];
    throw new UsageError(
      'bad-watermark',
      `${path} has ${size} bytes; a watermark has at most ${mediaCeilings.watermarkBytes}.`,
    );
  } finally {
    await file.close();
  }
}
