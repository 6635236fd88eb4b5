import { areaOf } from './floors.ts'
import type { Import, SourceFile } from './source-file.ts'

export interface Violation {
  rule: string
  file: string
  /** The import, name or count that breaks the rule. */
  offence: string
}

type Rule = (file: SourceFile) => string[]

const isServerFile = (path: string) => /\.server\.tsx?$/.test(path)
const isTest = (path: string) => path.startsWith('tests/') || path.startsWith('bench/')
const isIn = (path: string, ...prefixes: string[]) => prefixes.some((prefix) => path.startsWith(prefix))
const isPackage = (specifier: string, name: string) => specifier === name || specifier.startsWith(`${name}/`)

/** The specifiers of a file's imports for which `isWrong` holds. */
function wrongImports(file: SourceFile, isWrong: (found: Import) => boolean): string[] {
  return file.imports.filter(isWrong).map(({ specifier }) => specifier)
}

const VERIFIER_MAY_KNOW = [
  'app/report/statement',
  'app/report/signing-order',
  'evidence/canonical',
  'evidence/ledger',
]
/** The verifier writes the twins of a statement again, so they are held to its rules. */
const isVerifier = (path: string) => isIn(path, 'app/report/verify', 'app/report/twins/')

/** Folders whose plain files run in browsers too. */
const BROWSER_SAFE = [
  'questionnaires/',
  'evidence/',
  'app/language/',
  'app/readiness/',
  'app/report/',
  'app/components/',
]
/** Started by name in a thread or a shell, never imported by a page. */
const isProgram = (path: string) =>
  /-worker\.tsx?$/.test(path) ||
  /^(questionnaires\/(lock-editions|write-schema)|app\/report\/twins\/write-schema)\.ts$/.test(path)

const TRANSACTION_METHODS = [
  'transaction',
  'inOrganisation',
  'forSignIn',
  'forFileStatus',
  'acrossOrganisations',
]
/** Sign-in and the standing of one file, asked by whoever holds it, are the named exceptions of rule 6. */
const CROSS_TENANT_QUERIES = [
  'db/queries/accounts.server.ts',
  'db/queries/second-factors.server.ts',
  'db/queries/report-status.server.ts',
]

/** Each package, and the only files that may import it: replacing it means touching those. */
const KEEPERS: [packageName: string, mayImport: (path: string) => boolean][] = [
  ['lucia', (path) => path === 'app/services/sessions.server.ts'],
  ['@lucia-auth/adapter-drizzle', (path) => path === 'app/services/sessions.server.ts'],
  ['@simplewebauthn/server', (path) => path === 'app/services/passkeys.server.ts'],
  ['otpauth', (path) => path === 'app/services/authenticator-app.server.ts'],
  ['pg-boss', (path) => path === 'app/jobs/queue.server.ts'],
  ['nodemailer', (path) => path === 'app/mail/smtp.server.ts'],
  // Signing and form filling are two uses of it, each behind one file.
  [
    '@libpdf/core',
    (path) =>
      [
        ...['sign', 'archive', 'container-place'].map((name) => `app/report/${name}.server.ts`),
        'app/documents/pdf-library.server.ts',
      ].includes(path),
  ],
  ['@aws-sdk/client-kms', (path) => path === 'app/report/authority-keys/aws-kms.server.ts'],
  ['node-forge', (path) => path === 'app/report/own-certificate/read-pkcs12.server.ts'],
  ['intl-messageformat', (path) => path === 'app/language/messages.ts'],
  ['drizzle-orm', (path) => isIn(path, 'db/')],
  ['postgres', (path) => isIn(path, 'db/')],
]

/** Tables of made-up data, not code. */
const DATA = ['app/services/demo/']

export const RULES: Record<string, Rule> = {
  'every folder has a floor': (file) => (areaOf(file.path) ? [] : ['no floor in tests/floors/floors.ts']),

  'a file imports its own folder or a lower floor': (file) => {
    const own = areaOf(file.path)
    if (!own || isTest(file.path)) return []
    return wrongImports(file, ({ file: target }) => {
      const area = target === null ? null : areaOf(target)
      return area !== null && area.prefix !== own.prefix && area.floor >= own.floor
    })
  },

  'rule 1: questionnaires and evidence do not know each other': (file) => {
    if (isIn(file.path, 'questionnaires/'))
      return wrongImports(file, ({ file: to }) => isIn(to ?? '', 'evidence/'))
    if (isIn(file.path, 'evidence/'))
      return wrongImports(file, ({ file: to }) => isIn(to ?? '', 'questionnaires/'))
    return []
  },

  'rule 2: db and readiness do not know each other': (file) => {
    if (isIn(file.path, 'db/')) return wrongImports(file, ({ file: to }) => isIn(to ?? '', 'app/readiness/'))
    if (isIn(file.path, 'app/readiness/')) return wrongImports(file, ({ file: to }) => isIn(to ?? '', 'db/'))
    return []
  },

  'rule 3: verify knows only statement, canonical, ledger and libraries': (file) =>
    isVerifier(file.path) && !isProgram(file.path)
      ? wrongImports(file, ({ specifier, file: to }) => {
          if (to === null) return specifier.startsWith('node:')
          return !isVerifier(to) && !VERIFIER_MAY_KNOW.some((known) => to.startsWith(`${known}.`))
        })
      : [],

  'rule 4: routes never import db, importers or another route': (file) =>
    isIn(file.path, 'app/routes/')
      ? wrongImports(
          file,
          ({ file: to, isTypeOnly }) =>
            // A type of another route is erased: it says what that route's loader gives to the pages inside it.
            isIn(to ?? '', 'db/', 'evidence/importers/') || (isIn(to ?? '', 'app/routes/') && !isTypeOnly),
        )
      : [],

  'rule 4: components import no server file': (file) =>
    isIn(file.path, 'app/components/')
      ? wrongImports(file, ({ file: to, isTypeOnly }) => isServerFile(to ?? '') && !isTypeOnly)
      : [],

  'rule 5: only services open transactions': (file) =>
    isIn(file.path, 'app/services/', 'db/') || isTest(file.path)
      ? []
      : file.calledMethods.filter((name) => TRANSACTION_METHODS.includes(name)),

  'rule 6: every query takes the transaction, then the organisation': (file) => {
    if (!isIn(file.path, 'db/queries/') || CROSS_TENANT_QUERIES.includes(file.path)) return []
    return file.exportedFunctions.filter((query) => !isTenantScoped(query.parameters)).map(({ name }) => name)
  },

  'rule 7: one keeper for each replaceable library': (file) =>
    isTest(file.path)
      ? []
      : wrongImports(file, ({ specifier }) =>
          KEEPERS.some(([name, mayImport]) => isPackage(specifier, name) && !mayImport(file.path)),
        ),

  'rule 8: files that browsers may load use neither Node nor server files': (file) =>
    isIn(file.path, ...BROWSER_SAFE) && !isServerFile(file.path) && !isProgram(file.path)
      ? wrongImports(
          file,
          ({ specifier, file: to, isTypeOnly }) =>
            !isTypeOnly && (specifier.startsWith('node:') || isServerFile(to ?? '')),
        )
      : [],

  'tables are reached through queries': (file) =>
    isIn(file.path, 'db/') || isTest(file.path)
      ? []
      : wrongImports(file, ({ file: to, isTypeOnly }) => isIn(to ?? '', 'db/schema/') && !isTypeOnly),

  'no file is over 300 lines': (file) =>
    file.lines > 300 && !isIn(file.path, 'tests/', ...DATA) ? [`${file.lines} lines`] : [],

  'files and folders are named by their subject': (file) =>
    file.path.split('/').filter((part) => /^(utils?|helpers?|misc|common)(\.|$)/.test(part)),
}

/** `(tx, organisationId, …)`, or for new rows `(tx, row)`: every row carries its organisation's id. */
function isTenantScoped([tx, second]: { name: string; type: string }[]): boolean {
  if (tx?.type !== 'Tx' || !second) return false
  return second.name === 'organisationId' || second.type.includes('$inferInsert')
}

export function findViolations(files: SourceFile[]): Violation[] {
  return files.flatMap((file) =>
    Object.entries(RULES).flatMap(([rule, check]) =>
      check(file).map((offence) => ({ rule, file: file.path, offence })),
    ),
  )
}
