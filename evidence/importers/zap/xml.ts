/** `OWASPZAPReport`: sites with their alerts. */
import { ImportError } from '../importer.ts'
import type { ScanHost } from '../scan/report.ts'
import type { ElementListener, Wanted } from '../xml-elements.ts'
import { SHOWN_INSTANCES, type ZapAlert, type ZapInstance, type ZapReport, type ZapSite } from './report.ts'

const ROOT = 'owaspzapreport'
const SITE = `${ROOT}/site`
const ALERT = `${SITE}/alerts/alertitem`
const INSTANCE = `${ALERT}/instances/instance`

const TEXTS: Record<string, Wanted> = {
  pluginid: { characters: 64 },
  alertref: { characters: 64 },
  alert: { characters: 600 },
  name: { characters: 600 },
  riskcode: { characters: 10 },
  confidence: { characters: 10 },
  desc: { characters: 20_000 },
  solution: { characters: 20_000 },
  otherinfo: { characters: 20_000 },
}
const INSTANCE_TEXTS: Record<string, Wanted> = {
  uri: { characters: 1000 },
  method: { characters: 20 },
  param: { characters: 200 },
}

export function createZapListener(report: ZapReport): ElementListener {
  let site: ZapSite | null = null
  let host: ScanHost | null = null
  let texts: Record<string, string> | null = null
  let instances: ZapInstance[] = []
  let instance: ZapInstance | null = null
  let instanceCount = 0
  let wasShortened = false

  return {
    open(path, attributes) {
      if (path === ALERT) {
        texts = {}
        instances = []
        instanceCount = 0
        wasShortened = false
      } else if (path === INSTANCE) {
        instanceCount += 1
        instance = instances.length < SHOWN_INSTANCES ? { method: '', uri: '', param: '' } : null
      } else if (instance) return INSTANCE_TEXTS[path.slice(INSTANCE.length + 1)]
      else if (texts) return TEXTS[path.slice(ALERT.length + 1)]
      else if (path === SITE) {
        const { name = '', host: hostname = '', port = '', ssl = '' } = attributes
        site = {
          name: name.slice(0, 500),
          host: hostname.slice(0, 500),
          port,
          isTls: ssl.toLowerCase() === 'true',
        }
        host = report.openSite(site)
      } else if (path === ROOT)
        report.head(attributes.version ?? '', attributes.generated ?? '', attributes.created ?? '')
      else if (!path.includes('/')) throw new ImportError('unrecognised', 'The file is no ZAP report.')
      return undefined
    },
    close(path, text, wasCut) {
      if (path === ALERT) {
        if (host && site && texts)
          report.addAlert(host, site, alertOf(texts, instances, instanceCount, wasShortened))
        texts = null
      } else if (path === INSTANCE) {
        if (instance) instances.push(instance)
        instance = null
      } else if (instance) {
        const name = path.slice(INSTANCE.length + 1)
        if (name === 'uri' || name === 'method' || name === 'param') instance[name] ||= text.trim()
      } else if (texts) {
        const name = path.slice(ALERT.length + 1)
        if (name in TEXTS) texts[name] ??= text
        if (wasCut) wasShortened = true
      }
    },
  }
}

function alertOf(
  texts: Record<string, string>,
  instances: ZapInstance[],
  instanceCount: number,
  wasShortened: boolean,
): ZapAlert {
  const text = (name: string) => texts[name] ?? ''
  return {
    pluginId: text('pluginid'),
    alertRef: text('alertref'),
    name: text('name').trim() || text('alert'),
    riskCode: text('riskcode'),
    confidence: text('confidence'),
    description: text('desc'),
    solution: text('solution'),
    otherInfo: text('otherinfo'),
    instances,
    instanceCount,
    wasShortened,
  }
}
