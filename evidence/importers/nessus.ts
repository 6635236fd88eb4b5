/** Tenable Nessus v2 exports (.nessus): hosts become assets, report items findings, the whole scan facts. */

import type { ImportEvent, Importer } from './importer.ts'
import { createAssetKeys, describeHost } from './nessus/asset.ts'
import { createNessusHandlers, type NessusListener, ROOT } from './nessus/document.ts'
import { readFinding } from './nessus/finding.ts'
import { type FileCounts, summarise } from './nessus/summary.ts'
import { countHost, countItem, newHostTally, newTally } from './nessus/tally.ts'
import { findRootElement } from './xml-encoding.ts'
import { createXmlReader, detach } from './xml-reader.ts'

const PROGRESS_BYTES = 1024 * 1024

export const nessusImporter: Importer = {
  format: 'nessus',
  label: 'Nessus scan (.nessus)',

  recognises(head) {
    return findRootElement(head)?.toLowerCase() === ROOT
  },

  async *read(bytes, options) {
    const { listener, tally, takeEvents, countFile } = startReading()
    const reader = createXmlReader((collectText) => createNessusHandlers(listener, collectText))
    let bytesRead = 0
    let reported = 0
    for await (const chunk of bytes) {
      reader.write(chunk)
      bytesRead += chunk.length
      yield* takeEvents()
      if (bytesRead - reported < PROGRESS_BYTES) continue
      reported = bytesRead
      yield { type: 'progress', bytesRead }
    }
    reader.end()
    yield* takeEvents()
    const { summary, warnings } = summarise(tally, countFile(), options)
    for (const message of warnings) yield { type: 'warning', message }
    yield { type: 'progress', bytesRead }
    return summary
  },
}

/** Turns the document's elements into events and counts; one chunk's events are kept at a time. */
function startReading() {
  const tally = newTally()
  const assetKeys = createAssetKeys()
  const reportNames: string[] = []
  let events: ImportEvent[] = []
  let asset: { key: string; isKnown: boolean } | null = null
  let hostTally = newHostTally()
  let shortenedItems = 0
  let unratedItems = 0

  const listener: NessusListener = {
    report(name) {
      // The subject of the facts; a merged file can have many.
      if (reportNames.length < 3) reportNames.push(detach(name.trim().slice(0, 150)))
    },
    item(host, item) {
      asset ??= assetKeys.keyOf(host)
      const { finding, publishedOn, isRated } = readFinding(asset.key, item)
      if (!isRated) unratedItems += 1
      if (item.wasShortened) shortenedItems += 1
      countItem(tally, hostTally, item, finding, publishedOn)
      events.push({ type: 'finding', finding })
    },
    hostEnd(host) {
      asset ??= assetKeys.keyOf(host)
      const credentialed = countHost(tally, hostTally, host)
      if (!asset.isKnown)
        events.push({ type: 'asset', asset: { key: asset.key, ...describeHost(host), credentialed } })
      asset = null
      hostTally = newHostTally()
    },
  }
  return {
    listener,
    tally,
    takeEvents(): ImportEvent[] {
      const taken = events
      events = []
      return taken
    },
    countFile: (): FileCounts => ({
      reportNames,
      assets: assetKeys.count(),
      unnamedHosts: assetKeys.countUnnamed(),
      shortenedItems,
      unratedItems,
    }),
  }
}
