import { openAsBlob } from 'node:fs';
import { abortUpload, createClient, followJob, resultOf, uploadFile } from '@fyrestream/client';

/** Calls every route of the API once, so that its calls of AWS are recorded. */
export async function callApi(
  { url, token }: { readonly url: string; readonly token: string },
  clip: string,
): Promise<void> {
  const client = createClient({ baseUrl: url, token });
  const { api } = client;
  const file = (await openAsBlob(clip)) as Blob;
  let uploadId = '';
  const keep = (id: string) => {
    uploadId = id;
  };
  const { jobId } = await uploadFile(client, file, { path: 'by-api.mp4', onCreated: keep });
  // The answer was lost: the API looks at the object.
  await resultOf(api.POST('/v1/uploads/{uploadId}/complete', { params: { path: { uploadId } } }));
  const aborted = await resultOf(api.POST('/v1/uploads', { body: { path: 'b.mp4', sizeBytes: 1 } }));
  await abortUpload(client, aborted.uploadId);
  for await (const job of followJob(client, jobId)) {
    if (job.status !== 'running') continue;
    // Its task is stopped.
    await resultOf(api.POST('/v1/interventions', { body: { action: 'cancel', jobIds: [jobId] } }));
  }
  await resultOf(api.POST('/v1/jobs/{jobId}/{action}', { params: { path: { jobId, action: 'retry' } } }));
  for await (const _job of followJob(client, jobId));
  const params = { params: { path: { jobId } } };
  await resultOf(api.GET('/v1/jobs/{jobId}/plan', params));
  await resultOf(api.GET('/v1/jobs/{jobId}/logs', params));
  const video = await resultOf(api.GET('/v1/videos/{jobId}', params));
  await resultOf(api.GET('/v1/videos', { params: { query: { key: 'videos/by-api.mp4' } } }));
  for (const fileUrl of [video.playlist?.url, video.poster?.url, video.certificate.url])
    await (await fetch(fileUrl ?? '')).arrayBuffer();
  await fetch((video.playlist?.url ?? '').replace(/versions\/.*/, 'outputs/by-api.mp4/master.m3u8'));
  await resultOf(api.GET('/v1/stack'));
  await resultOf(api.GET('/v1/stack/health'));
  await resultOf(api.GET('/v1/stack/queue'));
  await resultOf(api.GET('/v1/stack/webhooks'));
  for (const queue of ['uploads', 'control', 'webhooks'] as const) {
    await resultOf(api.GET('/v1/stack/dead-letters', { params: { query: { queue } } }));
    await resultOf(api.POST('/v1/stack/dead-letters/redrive', { body: { queue } }));
  }
}
