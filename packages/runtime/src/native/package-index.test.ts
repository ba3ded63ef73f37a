import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serve } from '../../testing/serve.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { addressOf, locateWheel, packageIndex } from './package-index.js';
import { type Wheel, wheelFor } from './wheel.js';

const wheel = wheelFor({ platform: 'linux', arch: 'x64', glibc: '2.36' }) as Wheel;

describe('the package index', () => {
  test('is the one in PIP_INDEX_URL', () => {
    const env = { PIP_INDEX_URL: 'https://mirror.example/simple' };
    expect(packageIndex(env)).toBe('https://mirror.example/simple');
  });

  test('is the one in a configuration file of pip', () => {
    const file = join(temporaryFolder(), 'pip.conf');
    writeFileSync(file, '[global]\ntimeout = 60\nindex-url = https://mirror.example/simple\n');
    expect(packageIndex({ PIP_CONFIG_FILE: file })).toBe('https://mirror.example/simple');
  });

  test('is not the extra one', () => {
    const file = join(temporaryFolder(), 'pip.conf');
    writeFileSync(
      file,
      '[global]\nextra-index-url = https://extra.example/simple\nindex-url: https://a.example\n',
    );
    expect(packageIndex({ PIP_CONFIG_FILE: file })).toBe('https://a.example');
  });
});

test('credentials in an address go into a header, since fetch refuses them', () => {
  expect(addressOf('https://user:p%40ss@mirror.example/simple')).toEqual({
    url: 'https://mirror.example/simple',
    headers: { authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}` },
  });
  expect(addressOf('https://mirror.example/simple').headers).toEqual({});
});

describe('locating the wheel', () => {
  const json = 'application/vnd.pypi.simple.v1+json';

  test('reads a listing in JSON', async () => {
    const index = await serve((request, response) => {
      expect(request.url).toBe('/simple/tensorflow-cpu/');
      response.setHeader('content-type', json);
      response.end(JSON.stringify({ files: [{ filename: wheel.file, url: 'https://files.example/a.whl' }] }));
    });
    expect(await locateWheel(`${index}/simple/`, wheel)).toEqual({
      url: 'https://files.example/a.whl',
      headers: {},
    });
  });

  test('reads a listing in HTML, with addresses relative to it', async () => {
    const index = await serve((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        `<a href="../other.whl">other.whl</a><br><a data-x="1" href="../../files/w.whl?a=1&amp;b=2#sha256=00">${wheel.file}</a>`,
      );
    });
    expect(await locateWheel(`${index}/simple`, wheel)).toEqual({
      url: `${index}/files/w.whl?a=1&b=2#sha256=00`,
      headers: {},
    });
  });

  test('sends credentials to the index, and on to the same host only', async () => {
    const seen: (string | undefined)[] = [];
    const index = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.setHeader('content-type', json);
      const url = request.url?.startsWith('/here') ? '/w.whl' : 'https://files.example/w.whl';
      response.end(JSON.stringify({ files: [{ filename: wheel.file, url }] }));
    });
    const withUser = index.replace('http://', 'http://user:pass@');
    const here = await locateWheel(`${withUser}/here`, wheel);
    const elsewhere = await locateWheel(`${withUser}/elsewhere`, wheel);
    expect(seen).toEqual(['Basic dXNlcjpwYXNz', 'Basic dXNlcjpwYXNz']);
    expect(here).toEqual({ url: `${index}/w.whl`, headers: { authorization: 'Basic dXNlcjpwYXNz' } });
    expect(elsewhere).toEqual({ url: 'https://files.example/w.whl', headers: {} });
  });

  test('says what an index answers that has no such package, or not this file', async () => {
    const empty = await serve((request, response) => {
      if (request.url?.startsWith('/none')) return response.writeHead(404).end();
      response.setHeader('content-type', json);
      return response.end('{"files": []}');
    });
    expect(await locateWheel(`${empty}/none`, wheel)).toEqual({
      reason: `${empty}/none/tensorflow-cpu/ answers 404 Not Found`,
    });
    expect(await locateWheel(empty, wheel)).toEqual({
      reason: `${empty}/tensorflow-cpu/ does not list ${wheel.file}`,
    });
  });

  test.each(['http://127.0.0.1:1', 'file:///simple', 'no address'])(
    'says why %s is out of reach',
    async (index) => {
      expect(await locateWheel(index, wheel)).toEqual({
        reason: expect.stringContaining('cannot be reached ('),
      });
    },
  );

  test('never shows credentials', async () => {
    const found = await locateWheel('http://user:secret@127.0.0.1:1/simple', wheel);
    expect(JSON.stringify(found)).not.toContain('secret');
  });
});
