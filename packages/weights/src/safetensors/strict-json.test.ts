import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStrictJson } from './strict-json.js';

const anyNumber = () => true;

test('whatever JSON holds is parsed as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.boolean(), (value, spaced) => {
      const text = JSON.stringify(value, undefined, spaced ? ' \t\n' : '');
      fc.pre(!/\\u[dD][89a-fA-F]/.test(text)); // lone surrogates are refused
      expect(parseStrictJson(text, anyNumber)).toEqual(JSON.parse(text));
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['in the outer object', '{"a":1,"a":1}'],
  ['in an inner object', '{"a":{"b":1, "c":2, "b" : 1}}'],
  ['after an inner object', '{"a":{"b":1},"a":2}'],
  ['in an object of an array', '[1,{"a":1,"a":2}]'],
  ['spelt with an escape', '{"a":1,"\\u0061":1}'],
  ['named __proto__', '{"__proto__":1,"__proto__":1}'],
])('a key that stands twice is refused: %s', (_, text) => {
  expect(() => parseStrictJson(text, anyNumber)).toThrow(/the key "\w+" stands there twice/);
});

test.each([
  '{"a":{"a":1},"b":{"a":1}}',
  '{"a":"a","b":["a","a"]}',
  '{"a\\"":1,"a":1}',
  '{"a":"\\\\","b":"}"}',
])('keys that stand in different objects or look alike are no duplicates: %s', (text) => {
  expect(parseStrictJson(text, anyNumber)).toEqual(JSON.parse(text));
});

test.each(['1.0', '1e0', '-0', '-1', '0.5', '1E+2'])(
  'the spelling of the number %s is asked about',
  (spelling) => {
    const isPlain = (number: string) => /^\d+$/.test(number);
    for (const text of [spelling, `[7,${spelling}]`, `{"a":${spelling} }`])
      expect(() => parseStrictJson(text, isPlain)).toThrow(`the number ${spelling} is no plain whole number`);
    expect(parseStrictJson(`["${spelling}",7]`, isPlain)).toEqual([spelling, 7]);
  },
);

test('half a surrogate pair is refused, a whole one is not', () => {
  expect(() => parseStrictJson('{"\\ud800":1}', anyNumber)).toThrow('no valid Unicode');
  expect(parseStrictJson('{"\\ud83d\\ude00":1}', anyNumber)).toEqual({ '😀': 1 });
});
