import type { Checksum } from '../core/checksum.ts';
import { evaluateWriteConditions } from '../core/conditions.ts';
import { currentObject } from '../core/object-index.ts';
import { writeContent } from '../disk/write-content.ts';
import { trackConditionalWrite, writeObjectConditionally } from '../disk/write-object-conditionally.ts';
import type { BucketHandler } from './handler.ts';
import { readObjectMetadata } from './object-metadata.ts';
import { checksumHeaders, writtenHeaders } from './result-headers.ts';
import { readWriteConditions, unwrapOutcome } from './write-conditions.ts';

export const putObject: BucketHandler = async ({ storage }, request, bucket) => {
  const { key, origin } = request;
  const description = readObjectMetadata(request);
  const conditions = readWriteConditions(request);
  // The conditions are checked before the body is sent, and again at the commit.
  const early = evaluateWriteConditions(conditions, currentObject(bucket.index, key));
  if (early !== 'proceed') unwrapOutcome({ written: false, decision: early }, request);
  const conditional = trackConditionalWrite(bucket, key, conditions);
  try {
    const body = request.receiveBody();
    const content = await writeContent(bucket.layout.incoming, body.pieces);
    const { md5Hex, checksum: received } = body.digests();
    const checksum: Checksum | undefined = received && { ...received, type: 'FULL_OBJECT' };
    const object = { key, ...description, eTag: md5Hex, sizeBytes: content.sizeBytes };
    const outcome = await writeObjectConditionally(
      storage,
      bucket,
      {
        object: checksum === undefined ? object : { ...object, checksum },
        staged: { directory: bucket.layout.incoming, content: [content], by: 'move' },
        conditions,
        event: 'ObjectCreated:Put',
        origin,
      },
      conditional.write,
    );
    const record = unwrapOutcome(outcome, request);
    return { status: 200, headers: { ...writtenHeaders(bucket, record), ...checksumHeaders(checksum) } };
  } finally {
    conditional.end();
  }
};
