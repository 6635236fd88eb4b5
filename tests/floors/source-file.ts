import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export interface Import {
  /** As written. */
  specifier: string
  /** The project's file that it names, or null for a package or a Node module. */
  file: string | null
  /** Erased by the compiler, so it never runs. */
  isTypeOnly: boolean
}

export interface QueryFunction {
  name: string
  parameters: { name: string; type: string }[]
}

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  path: string
  lines: number
  imports: Import[]
  /** Names of methods that are called, such as `transaction` in `db.transaction(…)`. */
  calledMethods: string[]
  exportedFunctions: QueryFunction[]
}

const FOLDERS = ['app', 'bench', 'db', 'evidence', 'questionnaires', 'tests']

export function readProject(): SourceFile[] {
  return FOLDERS.flatMap(listSources).map((path) => parseSource(path, readFileSync(join(ROOT, path), 'utf8')))
}

function listSources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return listSources(path)
    return /\.(tsx?|mjs|js)$/.test(entry.name) ? [path] : []
  })
}

export function parseSource(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: SourceFile = {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: [],
    calledMethods: [],
    exportedFunctions: [],
  }
  visit(tree, found)
  return found
}

function visit(node: ts.Node, found: SourceFile): void {
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    found.imports.push({ specifier: specifier.text, file: resolve(found.path, specifier.text), isTypeOnly })
  }
  if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isErased(node.importClause))
  else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
  else if (ts.isImportTypeNode(node))
    add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true)
  else if (ts.isCallExpression(node)) {
    const { expression } = node
    const loads =
      expression.kind === ts.SyntaxKind.ImportKeyword ||
      (ts.isIdentifier(expression) && expression.text === 'require')
    if (loads) add(node.arguments[0], false)
    if (ts.isPropertyAccessExpression(expression)) found.calledMethods.push(expression.name.text)
  } else if (ts.isFunctionDeclaration(node) && isExported(node))
    found.exportedFunctions.push(describeFunction(node))
  ts.forEachChild(node, (child) => visit(child, found))
}

/** `import type x`, and `import { type a, type b }`: with verbatim modules the latter still runs the file. */
function isErased(clause: ts.ImportClause | undefined): boolean {
  return clause?.isTypeOnly ?? false
}

function isExported(node: ts.FunctionDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
}

function describeFunction(node: ts.FunctionDeclaration): QueryFunction {
  return {
    name: node.name?.text ?? 'default',
    parameters: node.parameters.map(({ name, type }) => ({
      name: name.getText(),
      type: type?.getText() ?? '',
    })),
  }
}

function resolve(from: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''))
  return null
}
