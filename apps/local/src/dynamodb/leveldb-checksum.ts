import { Crc32c } from '@aws-sdk/checksums/crc';

/** The checksum of LevelDB: CRC-32C, rotated and with an offset. */
export async function leveldbChecksum(bytes: Uint8Array): Promise<number> {
  const crc = new Crc32c();
  crc.update(bytes);
  const checksum = Buffer.from(await crc.digest()).readUInt32BE();
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}
