// node examples/src/upload-and-play.ts FILE: uploads a video, follows its job and prints where it plays.
// FYRESTREAM_CONSOLE is the URL that `pnpm fyrestream local` prints, with the token in its fragment.
import { basename } from 'node:path';
import { createClient, followJob, resultOf, uploadFile } from '@fyrestream/client';
import { openFile } from '@fyrestream/client/node';

const address = new URL(process.env.FYRESTREAM_CONSOLE ?? '');
const token = new URLSearchParams(address.hash.slice(1)).get('token') ?? '';
const client = createClient({ baseUrl: address.origin, token });

const file = process.argv[2] ?? '';
const { jobId } = await uploadFile(client, await openFile(file), {
  path: `examples/${basename(file)}`,
  onProgress: ({ fraction }) => console.log(`uploaded ${Math.floor(fraction * 100)}%`),
});
for await (const { status, progress, reason } of followJob(client, jobId)) {
  console.log(status, `${Math.floor(progress.fraction * 100)}%`, reason?.message ?? '');
}
const video = await resultOf(client.api.GET('/v1/videos/{jobId}', { params: { path: { jobId } } }));
console.log(video.playlist?.url ?? video.files[0]?.url);
