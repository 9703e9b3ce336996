import { describe, expect, it } from 'vitest';
import { crossOriginHeaders } from './cross-origin-rule.ts';

const rule = {
  allowedOrigins: ['https://*.example.com', 'http://localhost:5173'],
  allowedMethods: ['PUT'],
  allowedHeaders: ['x-amz-*', 'Content-Type'],
  exposeHeaders: [],
};

describe('crossOriginHeaders', () => {
  it.each([
    ['https://app.example.com', 'PUT', ['content-type', 'x-amz-date'], true],
    ['HTTP://LOCALHOST:5173', 'PUT', [], true],
    ['https://example.com', 'PUT', [], false],
    ['https://app.example.com.evil.org', 'PUT', [], false],
    ['https://app.example.com', 'GET', [], false],
    ['https://app.example.com', 'PUT', ['authorization'], false],
  ])('%s %s with %j: %s', (origin, method, requestHeaders, allowed) => {
    expect(crossOriginHeaders([rule], { origin, method, requestHeaders }) !== undefined).toBe(allowed);
  });

  it('returns the origin, or * for any origin', () => {
    const request = { origin: 'https://a.org', method: 'PUT', requestHeaders: [] };
    const open = { ...rule, allowedOrigins: ['*'] };
    expect(crossOriginHeaders([rule, open], request)?.['access-control-allow-origin']).toBe('*');
    const own = { ...rule, allowedOrigins: ['https://a.org'] };
    expect(crossOriginHeaders([own], request)).toMatchObject({
      'access-control-allow-origin': 'https://a.org',
      'access-control-allow-credentials': 'true',
    });
  });
});
