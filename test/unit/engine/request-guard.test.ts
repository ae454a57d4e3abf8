import { describe, expect, it } from 'vitest';
import { guardRequest } from '#engine/http/request-guard.ts';

const names = ['127.0.0.1', 'noc-1.example.org', 'Noc-2.Example.org'];

describe('the request guard', () => {
  it.each([
    '127.0.0.1:4620',
    '127.0.0.1',
    '127.8.9.1:1',
    'localhost:4620',
    'LOCALHOST',
    'pedkai.localhost:80',
    '[::1]:4620',
    'noc-1.example.org',
    'NOC-1.example.org:4620',
    'noc-2.example.org',
  ])('lets in the Host %s', (host) => {
    expect(guardRequest(host, undefined, names)).toBeNull();
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:4620',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'notlocalhost',
    '192.168.1.7:4620',
    '[2001:db8::1]:4620',
    'user@127.0.0.1',
    '127.0.0.1/evil',
    '127.0.0.1?x',
    '127.0.0.1:port',
    'noc-1.example.org.evil.example',
    'a b',
  ])('keeps out the Host %s', (host) => {
    expect(guardRequest(host, undefined, names)).toMatch(/Host/);
  });

  it.each([
    ['127.0.0.1:4620', 'http://127.0.0.1:4620'],
    ['localhost:4620', 'http://localhost:4620'],
    ['[::1]:4620', 'http://[::1]:4620'],
    ['noc-1.example.org', 'http://noc-1.example.org'],
    ['noc-1.example.org:80', 'http://noc-1.example.org'],
  ])('lets in the Host %s with its own Origin %s', (host, origin) => {
    expect(guardRequest(host, origin, names)).toBeNull();
  });

  it.each([
    'http://evil.example',
    'null',
    '',
    'http://127.0.0.1:4621',
    'http://localhost:4620',
    'https://127.0.0.1:4620',
    'file://127.0.0.1:4620',
    'http://127.0.0.1:4620.evil.example',
  ])('keeps out the Origin %s', (origin) => {
    expect(guardRequest('127.0.0.1:4620', origin, names)).toMatch(/Origin/);
  });
});
