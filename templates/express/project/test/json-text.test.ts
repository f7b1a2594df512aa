import { describe, expect, it } from 'vitest';
import { lossIn, parseJsonText, repeatedNames } from '../src/http/json-text.ts';

describe('parseJsonText', () => {
  it.each([
    '[1,-2.5,0,1e22,9007199254740992,0.1,5e-324,1.7976931348623157e308]',
    '{"__proto__":{"a":[1]},"b":"1e400 -0 \\" {","c":null}',
    '[[{"a":1},{"a":1}],{"a":{"a":{}}}]',
  ])('keeps %s', (text) => {
    const value = parseJsonText(text);
    expect(lossIn(value)).toBeUndefined();
    expect(parseJsonText(JSON.stringify(value))).toEqual(value);
  });

  it.each(['1.0', '0.1e-7', '1E2', '0.10000000000000001', '3.14159265358979311600'])(
    'takes %s for the number that it is',
    (text) => expect(lossIn(parseJsonText(`[${text}]`))).toBeUndefined(),
  );

  it.each(['1e400', '1e-400', '-0', '9007199254740993', '0.33333333333333333333', '1.2345e-320'])(
    'tells that %s is not kept, at whatever depth',
    (text) => {
      expect(lossIn(parseJsonText(`[{"a":[{"b":[1,${text}]}]}]`))).toContain('digits');
      expect(lossIn(parseJsonText(`[["${text}"],{"${text}":1}]`))).toBeUndefined();
    },
  );

  it('tells of names that come twice, however they are written', () => {
    const value = parseJsonText('{"a":{"x":{}},"b":[{"\\u0063":1,"c":{"d":2}}],"a":3}');
    expect(repeatedNames(Object(value))).toEqual(['a']);
    expect(lossIn(Reflect.get(Object(value), 'b'))).toBe('"c" comes twice in an object');
  });

  it.each(['', '{', '{"a":1,}', '[1]]', '01', "{'a':1}"])('refuses %s', (text) => {
    expect(() => parseJsonText(text)).toThrow(SyntaxError);
  });
});
