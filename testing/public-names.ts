import { dirname, join } from 'node:path';
import ts from 'typescript';
import { readText } from './packages.js';

/** One name that a file exports. */
export interface PublicName {
  readonly name: string;
  /** The file from the root in which it is declared. */
  readonly file: string;
  readonly kind: 'function' | 'type' | 'value';
  /** The docstring as written, without its frame of stars; undefined without one. */
  readonly docstring: string | undefined;
}

/** Every name that an entry point exports, its own and those it passes on from other files. */
export function publicNames(entry: string): readonly PublicName[] {
  return parse(entry).statements.flatMap((statement): readonly PublicName[] => {
    if (!ts.isExportDeclaration(statement)) return declared(entry, statement);
    const from = statement.moduleSpecifier;
    if (from === undefined || !ts.isStringLiteral(from) || !from.text.startsWith('.')) return [];
    const file = join(dirname(entry), from.text.replace(/\.js$/, '.ts'));
    const all = publicNames(file);
    const { exportClause } = statement;
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return all;
    return exportClause.elements.map((element) => {
      const original = (element.propertyName ?? element.name).text;
      const found = all.find(({ name }) => name === original);
      if (found === undefined)
        throw new Error(`${entry} exports ${original}, which ${file} does not declare.`);
      return { ...found, name: element.name.text };
    });
  });
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest, true);
}

function declared(file: string, statement: ts.Statement): readonly PublicName[] {
  if (!ts.canHaveModifiers(statement)) return [];
  const isExported = ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (isExported !== true) return [];
  const docstring = docstringOf(statement);
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name, initializer }) => {
      const isFunction =
        initializer !== undefined &&
        (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
      return { name: name.getText(), file, kind: isFunction ? 'function' : 'value', docstring };
    });
  if (ts.isFunctionDeclaration(statement)) {
    // Of overloads, the first carries the docstring and the implementation is not seen.
    if (statement.body !== undefined && docstring === undefined && hasOverloads(statement)) return [];
    if (statement.body === undefined && docstring === undefined) return [];
    return [{ name: statement.name?.text ?? 'default', file, kind: 'function', docstring }];
  }
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return [{ name: statement.name.text, file, kind: 'type', docstring }];
  if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement))
    return [{ name: statement.name?.text ?? 'default', file, kind: 'value', docstring }];
  return [];
}

function hasOverloads(statement: ts.FunctionDeclaration): boolean {
  return statement
    .getSourceFile()
    .statements.some(
      (other) =>
        ts.isFunctionDeclaration(other) &&
        other.body === undefined &&
        other.name?.text === statement.name?.text,
    );
}

function docstringOf(node: ts.Node): string | undefined {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return comments
    .at(-1)
    ?.getText()
    .replace(/^\/\*\*+|\*\/$/g, '')
    .replace(/^[ \t]*\* ?/gm, '')
    .trim();
}
