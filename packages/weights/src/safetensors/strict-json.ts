/**
 * Parses JSON, and refuses what `JSON.parse` hides: a key that stands twice in an object, strings that are no valid
 * Unicode, and numbers whose spelling `acceptsNumber` refuses.
 */
export function parseStrictJson(text: string, acceptsNumber: (spelling: string) => boolean): unknown {
  const value: unknown = JSON.parse(text);
  // The text is valid JSON from here on, so a scan needs no grammar.
  const keysOfOpenObjects: Set<string>[] = [];
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    if (character === '"') {
      const end = endOfString(text, at);
      const string: string = JSON.parse(text.slice(at, end));
      if (!isWellFormed(string)) throw new Error(`the string ${text.slice(at, end)} is no valid Unicode`);
      const keys = keysOfOpenObjects.at(-1);
      if (isFollowedByColon(text, end) && keys !== undefined) {
        if (keys.has(string)) throw new Error(`the key ${JSON.stringify(string)} stands there twice`);
        keys.add(string);
      }
      at = end;
    } else if (character === '-' || isDigit(character)) {
      const end = endOfNumber(text, at);
      const spelling = text.slice(at, end);
      if (!acceptsNumber(spelling)) throw new Error(`the number ${spelling} is no plain whole number`);
      at = end;
    } else {
      if (character === '{') keysOfOpenObjects.push(new Set());
      if (character === '}') keysOfOpenObjects.pop();
      at += 1;
    }
  }
  return value;
}

/** Whether every surrogate of a string has its partner, so that UTF-8 can hold it. */
export function isWellFormed(string: string): boolean {
  return !/\p{Surrogate}/u.test(string);
}

/** Whether a value is a JSON object, neither an array nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfNumber(text: string, start: number): number {
  let at = start;
  while (isDigit(text[at] ?? '') || '+-.eE'.includes(text[at] ?? ' ')) at += 1;
  return at;
}

function isFollowedByColon(text: string, start: number): boolean {
  let at = start;
  while (' \t\n\r'.includes(text[at] ?? '-')) at += 1;
  return text[at] === ':';
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}
