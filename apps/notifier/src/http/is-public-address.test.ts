import { expect, it } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from './is-public-address.ts';

it.each([
  // This machine, private networks, links.
  '127.0.0.1',
  '127.8.9.1',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.5',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '169.254.170.2',
  '100.64.0.1',
  '::1',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd00:ec2::254',
  'fec0::1',
  // Multicast, broadcast, documentation, benchmarks, reserved.
  '224.0.0.1',
  '255.255.255.255',
  '192.0.2.1',
  '198.51.100.7',
  '203.0.113.9',
  '198.18.0.1',
  '192.0.0.8',
  '240.0.0.1',
  'ff02::1',
  '2001:db8::1',
  '100::1',
  // IPv4 inside IPv6: mapped, compatible, translated, tunnelled.
  '::ffff:10.0.0.5',
  '::ffff:7f00:1',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::10.0.0.5',
  '64:ff9b:1::a00:5',
  '2002:0a00:0005::1',
  '2001:0:53aa:64c:0:0:f5ff:fffa',
  // No addresses.
  '',
  'example.com',
  '1.2.3.4.5',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(['8.8.8.8', '172.32.0.1', '52.95.110.1', '2600:1f18::1', '::ffff:8.8.8.8'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

it('knows the addresses of this machine, which a local cloud may post to', () => {
  expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map(isLoopbackAddress)).toEqual([true, true, true]);
  expect(['10.0.0.5', '8.8.8.8', 'localhost'].map(isLoopbackAddress)).toEqual([false, false, false]);
});
