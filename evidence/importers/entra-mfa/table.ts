/** The registration report as a table, by header names; the portal's own download has not been seen. */
import { type Columns, readHeader, sniffRows } from '../csv-reader.ts'
import { parseHostTime } from '../scan/dates.ts'
import { readTenantTable } from '../tenant/table.ts'
import { type RegisteredUser, typeOf } from './user.ts'

const NAMES = {
  id: ['id', 'User Id', 'Object Id', 'userPrincipalName', 'User Principal Name', 'UPN', 'User Name', 'User'],
  upn: ['userPrincipalName', 'User Principal Name', 'UPN', 'User Name', 'User'],
  type: ['userType', 'Type'],
  admin: ['isAdmin', 'Admin', 'Is Administrator'],
  registered: [
    'isMfaRegistered',
    'MFA Registered',
    'Multifactor Authentication Registered',
    'Registered for MFA',
    'Multi-factor Authentication Registered',
  ],
  capable: [
    'isMfaCapable',
    'MFA Capable',
    'Multifactor Authentication Capable',
    'Multi-factor Authentication Capable',
    'Capable of MFA',
  ],
  passwordless: ['isPasswordlessCapable', 'Passwordless Capable'],
  methods: ['methodsRegistered', 'Methods Registered', 'Registered Methods'],
  updated: ['lastUpdatedDateTime', 'Last Updated', 'Last Updated Date Time'],
} as const

function isHeader(columns: Columns): boolean {
  const has = (names: readonly string[]) => names.some((name) => columns.has(name))
  return has(NAMES.upn) && (has(NAMES.registered) || has(NAMES.capable))
}

export const isUserTable = (head: Uint8Array) => sniffRows(head).some((cells) => isHeader(readHeader(cells)))

export const readUserTable = (add: (user: RegisteredUser) => void) =>
  readTenantTable({
    isHeader,
    needs: 'a user name and MFA registration',
    row: (cell, columns) => add(readRow((names) => cell(...names), columns)),
  })

function readRow(cell: (names: readonly string[]) => string, columns: Columns): RegisteredUser {
  const methods = NAMES.methods.some((name) => columns.has(name)) ? cell(NAMES.methods) : null
  return {
    id: cell(NAMES.id),
    type: typeOf(cell(NAMES.type)),
    isAdmin: flagOf(cell(NAMES.admin)),
    isRegistered: flagOf(cell(NAMES.registered)),
    isCapable: flagOf(cell(NAMES.capable)),
    isPasswordless: flagOf(cell(NAMES.passwordless)),
    methods: methods === null ? null : methods.slice(0, 2000).split(/[,;|]/),
    updated: parseHostTime(cell(NAMES.updated)),
  }
}

const YES = new Set(['true', 'yes', '1', 'capable', 'registered', 'enabled'])
const NO = new Set([
  'false',
  'no',
  '0',
  'not capable',
  'not registered',
  'notcapable',
  'notregistered',
  'disabled',
])

/** null for an empty cell and for words that are neither. */
function flagOf(text: string): boolean | null {
  const word = text.trim().toLowerCase()
  return YES.has(word) ? true : NO.has(word) ? false : null
}
