import { join } from 'node:path';
import ts from 'typescript';
import { expect } from 'vitest';
import { entryPoints, root } from './packages.js';

/**
 * Runs a block of TypeScript as the body of a module. An expression statement with `// => value` behind it has to give
 * that value, by JSON. Packages of this repository are imported from their source, whether or not they are installed.
 */
export async function runExample(code: string): Promise<void> {
  const { outputText } = ts.transpileModule(withExpectations(code), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const run = new Function(
    'importModule',
    'expectValue',
    `return (async () => {\n${asFunctionBody(outputText)}\n})();`,
  );
  await run(importModule, expectValue);
}

function importModule(specifier: string): Promise<unknown> {
  const source = entryPoints.get(specifier);
  return import(/* @vite-ignore */ source === undefined ? specifier : join(root, source));
}

function expectValue(actual: unknown, expected: unknown): void {
  expect(asJson(actual)).toEqual(asJson(expected));
}

const asJson = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

/** Makes `a; // => b` to `expectValue(a, b);`. */
function withExpectations(code: string): string {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const expectations = expressionStatements(file).flatMap((statement) => {
    const [comment] = ts.getTrailingCommentRanges(code, statement.end) ?? [];
    const value = comment && /^\/\/ => (.*)/.exec(code.slice(comment.pos, comment.end))?.[1];
    if (comment === undefined || value === undefined) return [];
    const replacement = `expectValue(${statement.expression.getText()}, (${value}));`;
    return [{ start: statement.getStart(), end: comment.end, replacement }];
  });
  const promised = code.match(/\/\/ =>/g)?.length ?? 0;
  if (promised !== expectations.length)
    throw new Error('Every `// =>` has to stand behind an expression statement, `expression; // => value`.');
  return replaceAll(code, expectations);
}

/** At any depth, in a loop too. */
function expressionStatements(node: ts.Node): ts.ExpressionStatement[] {
  return node
    .getChildren()
    .flatMap((child) => [
      ...(ts.isExpressionStatement(child) ? [child] : []),
      ...expressionStatements(child),
    ]);
}

/** Makes `import { a as b } from 'c'` to `const { a: b } = await importModule('c')`, and leaves `export` and `export default` out. */
function asFunctionBody(code: string): string {
  const file = ts.createSourceFile('example.js', code, ts.ScriptTarget.Latest, true);
  const changes = file.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement))
      return [{ start: statement.getStart(), end: statement.end, replacement: asAwait(statement) }];
    if (ts.isExportDeclaration(statement))
      return [{ start: statement.getStart(), end: statement.end, replacement: '' }]; // an empty `export {}`
    if (ts.isExportAssignment(statement))
      return [{ start: statement.getStart(), end: statement.expression.getStart(), replacement: '' }];
    const modifiers = (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || [];
    return modifiers
      .filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      .map((modifier) => ({ start: modifier.getStart(), end: modifier.end, replacement: '' }));
  });
  return replaceAll(code, changes);
}

function asAwait(statement: ts.ImportDeclaration): string {
  const call = `await importModule(${statement.moduleSpecifier.getText()});`;
  const { name, namedBindings: bindings } = statement.importClause ?? {};
  const lines: string[] = [];
  if (name !== undefined) lines.push(`const { default: ${name.text} } = ${call}`);
  if (bindings !== undefined)
    lines.push(
      ts.isNamespaceImport(bindings)
        ? `const ${bindings.name.text} = ${call}`
        : `const { ${bindings.elements.map(asBinding).join(', ')} } = ${call}`,
    );
  return lines.length === 0 ? call : lines.join(' ');
}

function asBinding({ propertyName, name }: ts.ImportSpecifier): string {
  return propertyName === undefined ? name.text : `${propertyName.text}: ${name.text}`;
}

function replaceAll(
  text: string,
  changes: readonly { readonly start: number; readonly end: number; readonly replacement: string }[],
): string {
  return changes.reduceRight(
    (result, { start, end, replacement }) => result.slice(0, start) + replacement + result.slice(end),
    text,
  );
}
