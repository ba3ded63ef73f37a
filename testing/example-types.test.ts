import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { everyExample } from './every-example.js';
import { entryPoints, root } from './packages.js';

it('every example has the types that it needs', () => {
  const examples = new Map(
    everyExample.map(({ place, code }, index) => [
      join(root, 'testing', `example-${index}.ts`),
      { place, code: `${code}\nexport {};\n` },
    ]),
  );
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => examples.get(file)?.code ?? readFile(file);
  host.fileExists = (file) => examples.has(file) || fileExists(file);
  const program = ts.createProgram(
    [...examples.keys()],
    {
      ...options,
      noEmit: true,
      noUnusedLocals: false,
      verbatimModuleSyntax: false,
      types: ['node'],
      paths: Object.fromEntries([...entryPoints].map(([specifier, file]) => [specifier, [join(root, file)]])),
    },
    host,
  );
  const complaints = [...examples].flatMap(([file, { place }]) => {
    const source = program.getSourceFile(file);
    return ts.getPreEmitDiagnostics(program, source).map(({ messageText, start = 0 }) => {
      const line = source === undefined ? 0 : source.getLineAndCharacterOfPosition(start).line + 1;
      return `${place}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
  expect(complaints).toEqual([]);
});
