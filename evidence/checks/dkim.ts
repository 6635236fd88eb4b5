/** DKIM (RFC 6376): keys with which outgoing mail is signed, one for each selector; selectors cannot be listed, only guessed. */
import { failureWords, type Lookup, textOf } from './observation.ts'
import { MAIL_WANTS, type MailEntry, shorten } from './reading.ts'
import { readTags } from './tags.ts'

/** What well-known sending services use by default. */
export const COMMON_SELECTORS: readonly string[] = [
  ...['default', 'dkim', 'mail', 'email', 'smtp', 'key1', 'key2', 's1', 's2', 'k1', 'k2', 'k3', 'm1'],
  ...['selector1', 'selector2', 'google', 'zoho', 'zmail', 'pm', 'protonmail', 'protonmail2', 'protonmail3'],
  ...[
    'fm1',
    'fm2',
    'fm3',
    'sig1',
    'mandrill',
    'mxvault',
    'mailjet',
    'cm',
    'sendgrid',
    'everlytickey1',
    'dk',
    'scph0',
  ],
]

/** Nobody has it: where it answers with a key, every name does, and finding a common selector proves nothing. */
export const PROBE_SELECTOR = 'attested-no-such-selector'

export const SELECTOR = /^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?)*$/

export type KeyState = 'valid' | 'revoked' | 'invalid' | 'absent' | 'unknown'

export interface SelectorLookup {
  selector: string
  /** Named by the client, not taken from the list. */
  isNamed: boolean
  lookup: Lookup
}

export interface SelectorReading extends SelectorLookup {
  state: KeyState
  /** Of an RSA key, roughly: from the length of what is published. */
  isShort: boolean
}

export function readSelector(asked: SelectorLookup): SelectorReading {
  const { lookup } = asked
  const reading = (state: KeyState, isShort = false) => ({ ...asked, state, isShort })
  if (lookup.outcome === 'failed') return reading('unknown')
  if (lookup.outcome !== 'answered') return reading('absent')
  const keys = lookup.records.map((record) => readTags(textOf(record))).filter((tags) => tags?.has('p'))
  const [tags] = keys
  if (!tags) return reading('invalid')
  // Two keys under one name leave the choice to the receiver (RFC 6376 §3.6.2.2): not valid for anybody.
  if (keys.length > 1) return reading('invalid')
  const key = (tags.get('p') ?? '').replace(/\s/g, '')
  const version = tags.get('v')
  if (version !== undefined && version !== 'DKIM1') return reading('invalid')
  if (key === '') return reading('revoked')
  const type = tags.get('k')?.toLowerCase() ?? 'rsa'
  if (!/^[A-Za-z0-9+/]{40,}={0,2}$/.test(key) || !['rsa', 'ed25519'].includes(type)) return reading('invalid')
  // A public RSA key of 1024 bits takes 162 bytes, one of 2048 takes 294.
  return reading('valid', type === 'rsa' && (key.length * 3) / 4 < 200)
}

export interface DkimReading {
  /** Selectors with a usable key; null when a lookup failed and none was found. */
  found: number | null
  /** Selectors that were named and do not exist; null when none was named or one could not be asked. */
  unresolvedNamed: number | null
  /** Every lookup was answered. */
  isComplete: boolean
  entry: MailEntry
}

export function readDkim(lookups: readonly SelectorLookup[], probe: Lookup): DkimReading {
  const readings = lookups.map(readSelector)
  const isWildcard =
    readSelector({ selector: PROBE_SELECTOR, isNamed: false, lookup: probe }).state === 'valid'
  const counted = isWildcard ? readings.filter(({ isNamed }) => isNamed) : readings
  const valid = counted.filter(({ state }) => state === 'valid')
  const unknown = readings.filter(({ state }) => state === 'unknown')
  const named = readings.filter(({ isNamed }) => isNamed)
  const missing = named.filter(({ state }) => state === 'absent')
  const isNamedKnown = named.length > 0 && named.every(({ state }) => state !== 'unknown')
  const found = valid.length === 0 && unknown.length > 0 ? null : valid.length
  return {
    found,
    unresolvedNamed: isNamedKnown ? missing.length : null,
    isComplete: unknown.length === 0,
    entry: {
      topic: 'dkim',
      title: 'DKIM',
      ...judge(found, missing, named.length, unknown),
      records: valid.map(({ selector, lookup }) =>
        shorten(`${selector}: ${lookup.records.map(textOf).join(' ')}`, 200),
      ),
      wants: MAIL_WANTS.dkim,
      notes: notesOf(readings, missing, unknown, isWildcard),
      commands: [],
    },
  }
}

const list = (readings: readonly { selector: string }[]) =>
  readings.map(({ selector }) => selector).join(', ')

function judge(
  found: number | null,
  missing: SelectorReading[],
  named: number,
  unknown: SelectorReading[],
): Pick<MailEntry, 'verdict' | 'shown' | 'means'> {
  if (found === null) {
    const why = failureWords(unknown[0]?.lookup.failure ?? null)
    return {
      verdict: 'unknown',
      shown: 'Not known',
      means: `It could not be asked: ${why}. Check again later.`,
    }
  }
  const shown = found === 1 ? '1 key found' : `${found} keys found`
  if (missing.length > 0)
    return {
      verdict: 'bad',
      shown: `${missing.length} of ${named} named missing`,
      means: `No key is published for ${list(missing)}, so mail signed with it fails.`,
    }
  if (found === 0)
    return {
      verdict: 'weak',
      shown: 'No key found',
      means:
        'No key was found under the names that services use by default. Name the selectors that your services use, then absence means something.',
    }
  return { verdict: 'good', shown, means: 'Keys are published with which receivers can tell genuine mail.' }
}

function notesOf(
  readings: SelectorReading[],
  missing: SelectorReading[],
  unknown: SelectorReading[],
  isWildcard: boolean,
): string[] {
  const of = (state: KeyState) => readings.filter((reading) => reading.state === state)
  const short = readings.filter(({ isShort }) => isShort)
  const lines: [readonly SelectorReading[], string][] = [
    [of('revoked'), 'Withdrawn keys (empty p=)'],
    [of('invalid'), 'Records that are no usable key'],
    [short, 'Keys of 1024 bits or fewer; use 2048'],
    [unknown, 'Could not be asked'],
    [missing, 'Named and missing'],
  ]
  return [
    ...(isWildcard ? ['Every name answers with a key here, so only named selectors count.'] : []),
    ...lines.filter(([found]) => found.length > 0).map(([found, words]) => `${words}: ${list(found)}.`),
    `${readings.length} selectors were asked for.`,
  ]
}
