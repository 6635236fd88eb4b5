/** One vulnerability, misconfiguration or secret that Trivy found, in the form of every other finding. */
import type { Finding, Severity } from '../importer.ts'
import { asNumber, asText } from '../json-reader.ts'
import { parseHostTime } from '../scan/dates.ts'
import { NO_SIGNALS, type Signals } from '../scan/signals.ts'
import { cut, toCve, withoutTags } from '../scan/text.ts'
import type { Fields, ItemKind } from './document.ts'

const SEVERITY: Record<string, Severity> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
}

export interface TrivyFinding {
  parts: Omit<Finding, 'assetKey'>
  signals: Signals
}

/** @param target what was looked at inside the artifact; a system's target names its version, so it is no identity */
export function readItem(
  kind: ItemKind,
  fields: Fields,
  { target, isSystem }: { target: string; isSystem: boolean },
): TrivyFinding | null {
  const base = {
    severity: SEVERITY[asText(fields.Severity)?.trim().toUpperCase() ?? ''] ?? ('unknown' as const),
    port: null,
    protocol: null,
    service: null,
    fixAvailableOn: null,
    firstSeenOn: null,
    isSuppressed: false,
  }
  const within = isSystem ? '' : target
  const nameOf = (...words: (string | null)[]) =>
    words
      .map((word) => word?.trim())
      .filter(Boolean)
      .join(' ')
      .slice(0, 300) || 'unknown'
  switch (kind) {
    case 'Vulnerabilities': {
      const id = asText(fields.VulnerabilityID)
      const cve = toCve(id ?? '')
      const pkg = asText(fields.PkgName)
      const fixed = asText(fields.FixedVersion)
      const published = parseHostTime(asText(fields.PublishedDate) ?? '')
      return {
        parts: {
          ...base,
          checkId: nameOf(id, pkg, within),
          title: titleOf(fields.Title) ?? nameOf(id ?? 'Weakness without an id', pkg ? `in ${pkg}` : null),
          cves: cve ? [cve] : [],
          solution: cut(fixed ? `Update ${pkg ?? 'the package'} to ${fixed}.` : null, 4000),
          output: outputOf(
            nameOf(pkg, asText(fields.InstalledVersion)),
            target,
            asText(fields.PkgPath),
            asText(fields.Status) ? `Status: ${asText(fields.Status)}` : null,
          ),
        },
        signals: {
          ...NO_SIGNALS,
          publishedOn: published ? new Date(published.time).toISOString().slice(0, 10) : null,
        },
      }
    }
    case 'Misconfigurations': {
      const status = asText(fields.Status)?.toUpperCase() ?? 'FAIL'
      if (status !== 'FAIL') return null
      const id = asText(fields.AVDID) && !asText(fields.ID) ? asText(fields.AVDID) : asText(fields.ID)
      return {
        parts: {
          ...base,
          checkId: nameOf(id, within),
          title: titleOf(fields.Title) ?? nameOf(id),
          cves: [],
          solution: cut(asText(fields.Resolution), 4000),
          output: outputOf(asText(fields.Message), target, lineOf(fields)),
        },
        signals: NO_SIGNALS,
      }
    }
    case 'Secrets':
      return {
        parts: {
          ...base,
          checkId: nameOf(asText(fields.RuleID), within),
          title: titleOf(fields.Title) ?? nameOf(asText(fields.RuleID)),
          cves: [],
          solution: null,
          // `Match` shows the line; masked or not, a secret is not kept a second time.
          output: outputOf(asText(fields.Category), target, lineOf(fields)),
        },
        signals: NO_SIGNALS,
      }
    default:
      return null
  }
}

const titleOf = (value: Fields[string] | undefined) => {
  const text = asText(value)
  return text === null ? null : cut(withoutTags(text.slice(0, 2000)), 500)
}

function lineOf(fields: Fields): string | null {
  const line = asNumber(fields.StartLine)
  return line === null || line <= 0 ? null : `Line ${line}`
}

const outputOf = (...lines: (string | null)[]) => cut(lines.filter((line) => line?.trim()).join('\n'), 8000)
