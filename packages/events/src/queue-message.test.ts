import { describe, expect, it } from 'vitest';
import { parseQueueMessage } from './queue-message.ts';

/** As AWS documents it, including fields that Fyrestream does not read. */
function notification(
  ...records: { key: string; eventName?: string; versionId?: string; size?: number }[]
): string {
  return JSON.stringify({
    Records: records.map(({ key, eventName = 'ObjectCreated:Put', versionId, size = 1024 }) => ({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventTime: '2026-01-02T03:04:05.678Z',
      eventName,
      userIdentity: { principalId: 'AWS:AIDAEXAMPLE' },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': 'C3D13FE58DE4C810' },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'uploads',
        bucket: { name: 'fyrestream-videos', arn: 'arn:aws:s3:::fyrestream-videos' },
        object: {
          key,
          size,
          eTag: 'd41d8cd98f00b204e9800998ecf8427e',
          versionId,
          sequencer: '0055AED6DCD90281E5',
        },
      },
    })),
  });
}

function keysOf(body: string): string[] {
  return parseQueueMessage(body).requests.map((request) =>
    request.kind === 'upload-received' ? request.upload.key : request.kind,
  );
}

describe('parseQueueMessage', () => {
  it.each([
    ['a space', 'videos/my+film.mov', 'videos/my film.mov'],
    ['a plus sign', 'videos/a%2Bb.mov', 'videos/a+b.mov'],
    ['a percent sign', 'videos/100%25.mov', 'videos/100%.mov'],
    ['an encoded percent sequence, decoded once', 'videos/%2541.mov', 'videos/%41.mov'],
    ['an ampersand and brackets', 'videos/a%26b+%281%29.mov', 'videos/a&b (1).mov'],
    ['an emoji', 'videos/%F0%9F%8E%AC.mov', 'videos/🎬.mov'],
    ['a composed accent (NFC)', 'videos/caf%C3%A9.mov', 'videos/caf\u00e9.mov'],
    ['a decomposed accent (NFD)', 'videos/cafe%CC%81.mov', 'videos/cafe\u0301.mov'],
  ])('F01 decodes a key with %s', (_case, encoded, decoded) => {
    expect(keysOf(notification({ key: encoded }))).toEqual([decoded]);
  });

  it('F02 ignores s3:TestEvent', () => {
    const body = JSON.stringify({
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: '2026-01-02T03:04:05.678Z',
      Bucket: 'fyrestream-videos',
      RequestId: '5582815E1AEA5ADF',
      HostId: '8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE',
    });
    expect(parseQueueMessage(body)).toEqual({ requests: [], ignored: ['s3:TestEvent'] });
  });

  it('F03 reads every record of a message', () => {
    expect(keysOf(notification({ key: 'videos/a.mov' }, { key: 'videos/b.mov' }))).toEqual([
      'videos/a.mov',
      'videos/b.mov',
    ]);
  });

  it.each(['Put', 'Post', 'Copy', 'CompleteMultipartUpload'])('F05 accepts ObjectCreated:%s', (kind) => {
    expect(keysOf(notification({ key: 'videos/a.mov', eventName: `ObjectCreated:${kind}` }))).toHaveLength(1);
  });

  it.each([
    ['videos/', 'folder-marker'],
    ['videos/trip/', 'folder-marker'],
    ['videos/.DS_Store', 'system-file'],
    ['videos/._holiday.mov', 'system-file'],
    ['videos/Thumbs.db', 'system-file'],
    ['videos/holiday.mov.json', 'sidecar'],
    ['videos/holiday.mov.fyrestream.json', 'sidecar'],
    ['videos/holiday.srt', 'sidecar'],
    ['videos/holiday.en.ttml', 'sidecar'],
    ['videos/holiday.de-AT.forced.ttml', 'sidecar'],
    ['videos/holiday.mov.de.m4a', 'sidecar'],
    ['videos/holiday.mov.pt-BR.commentary.WAV', 'sidecar'],
    ['elsewhere/holiday.mov', 'outside-uploads'],
  ])('F06 leaves %s alone (%s)', (key, why) => {
    expect(parseQueueMessage(notification({ key, size: 0 }))).toEqual({ requests: [], ignored: [why] });
  });

  it.each([
    'videos/holiday.de.m4a',
    'videos/holiday.mov.m4a',
    'videos/holiday.mov.music.m4a',
    'videos/mov.de.m4a',
  ])('gives a job to the audio %s, which may be an upload of its own', (key) =>
    expect(keysOf(notification({ key }))).toEqual([key]),
  );

  it.each(['videos/trip/', 'videos/trip/..', 'videos/.', 'videos//a.mov', 'videos/a%00%0A.mov'])(
    'gives a job to a file with the key %s, so that its owner gets a reason',
    (key) => {
      expect(keysOf(notification({ key }))).toEqual([decodeURIComponent(key)]);
    },
  );

  it('gives a job to a file that only looks wrong, so that its owner gets a reason', () => {
    expect(keysOf(notification({ key: 'videos/dump.json' }, { key: 'videos/photo.jpg' }))).toHaveLength(2);
  });

  const deletedAt = '2026-01-02T03:04:05.678Z';

  it.each(['ObjectRemoved:Delete', 'ObjectRemoved:DeleteMarkerCreated'])(
    'passes on that an upload was deleted (%s)',
    (eventName) => {
      const source = { bucket: 'fyrestream-videos', key: 'videos/a b.mov', deletedAt };
      expect(parseQueueMessage(notification({ key: 'videos/a+b.mov', eventName }))).toEqual({
        requests: [{ kind: 'source-deleted', source }],
        ignored: [],
      });
    },
  );

  it.each([
    ['videos/trip/', 'folder-marker'],
    ['videos/a.en.srt', 'sidecar'],
    ['elsewhere/a.mov', 'outside-uploads'],
  ])('ignores that %s was deleted (%s)', (key, why) => {
    const deletion = notification({ key, eventName: 'ObjectRemoved:DeleteMarkerCreated' });
    expect(parseQueueMessage(deletion)).toEqual({ requests: [], ignored: [why] });
  });

  it('reads a deletion of EventBridge', () => {
    const bridged = JSON.stringify({
      ...{ version: '0', source: 'aws.s3', 'detail-type': 'Object Deleted', time: deletedAt },
      detail: {
        bucket: { name: 'b' },
        object: { key: 'videos/a+b.mov', 'version-id': 'v', sequencer: '1' },
        ...{ reason: 'DeleteObject', 'deletion-type': 'Delete Marker Created' },
      },
    });
    expect(parseQueueMessage(bridged).requests).toEqual([
      { kind: 'source-deleted', source: { bucket: 'b', key: 'videos/a+b.mov', deletedAt } },
    ]);
  });

  it('F09 reads an event inside an SNS envelope and an event of EventBridge', () => {
    const sns = JSON.stringify({ Type: 'Notification', Message: notification({ key: 'videos/a+b.mov' }) });
    expect(keysOf(sns)).toEqual(['videos/a b.mov']);
    const bridged = JSON.stringify({
      version: '0',
      source: 'aws.s3',
      'detail-type': 'Object Created',
      time: '2026-01-02T03:04:05Z',
      detail: {
        bucket: { name: 'b' },
        object: { key: 'videos/a+b.mov', size: 5, etag: 'e', 'version-id': 'v', sequencer: '1' },
      },
    });
    expect(keysOf(bridged)).toEqual(['videos/a+b.mov']);
  });

  it.each([
    ['no JSON', '<xml/>', 'not JSON'],
    ['other JSON', '{"hello":1}', 'its fields are hello'],
    ['a bare value', '42', 'it is 42'],
    ['a notification without a key', '{"Records":[{"eventSource":"aws:s3"}]}', 'Records[0]'],
    ['a key of broken percent-encoding', notification({ key: 'videos/%E0%A4%A.mov' }), 'percent-encoded'],
    ['a key of invalid UTF-8', notification({ key: 'videos/%FF.mov' }), 'percent-encoded'],
    ['a key with half a surrogate pair', notification({ key: 'videos/\ud800.mov' }), 'percent-encoded'],
    ['an encoded surrogate', notification({ key: 'videos/%ED%A0%80.mov' }), 'percent-encoded'],
  ])('F10 refuses %s with a reason', (_case, body, message) => {
    expect(() => parseQueueMessage(body)).toThrow(message);
  });

  it('reads a stopped task and ignores a running one', () => {
    const change = (lastStatus: string) =>
      JSON.stringify({
        version: '0',
        source: 'aws.ecs',
        'detail-type': 'ECS Task State Change',
        detail: {
          taskArn: 'arn:aws:ecs:us-east-1:000000000000:task/fyrestream/1',
          clusterArn: 'arn:aws:ecs:us-east-1:000000000000:cluster/fyrestream',
          lastStatus,
          version: 5,
          startedBy: 'a'.repeat(26),
          stopCode: 'EssentialContainerExited',
          stoppedReason: 'Essential container in task exited',
          containers: [{ name: 'worker', exitCode: 137, reason: 'OutOfMemoryError: container killed' }],
        },
      });
    expect(parseQueueMessage(change('RUNNING')).requests).toEqual([]);
    expect(parseQueueMessage(change('STOPPED')).requests).toEqual([
      {
        kind: 'task-stopped',
        task: {
          taskArn: 'arn:aws:ecs:us-east-1:000000000000:task/fyrestream/1',
          startedBy: 'a'.repeat(26),
          stopCode: 'EssentialContainerExited',
          stoppedReason: 'Essential container in task exited',
          exitCode: 137,
          containerReason: 'OutOfMemoryError: container killed',
        },
      },
    ]);
  });
});
