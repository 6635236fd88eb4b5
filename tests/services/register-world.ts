/** Imports as rows: what a scan reported, put into a client's register without a file. */

import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { bringRegisterUpToDate } from '#app/services/register-intake.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import type { Asset, Finding } from '#evidence/importers/importer.ts'
import { SEVERITY_RANK } from '#evidence/severity.ts'

export interface ScanOptions {
  /** YYYY-MM-DD or a moment. */
  on: string
  tool?: string
  scope?: string
  viewpoint?: 'internal' | 'external'
  isWhole?: boolean
  /** Machine → what was found on it. A name of digits and dots is an address. */
  hosts: Record<string, HostFindings>
  fileName?: string
}

export interface HostFindings {
  asset?: Partial<Asset>
  findings?: (Partial<Finding> & { checkId: string })[]
}

export const makeClientOf = (member: Member) => createClient(member, demoClients(new Date()).dental)

export async function addScan(member: Member, clientId: string, options: ScanOptions) {
  const { database } = getRuntime()
  const { organisationId } = member
  const made = await database.inOrganisation(organisationId, async (tx) => {
    const ids = await insertScan(tx, member, clientId, options)
    await bringRegisterUpToDate(tx, organisationId, clientId)
    return ids
  })
  return made
}

type Tx = Parameters<Parameters<ReturnType<typeof getRuntime>['database']['inOrganisation']>[1]>[0]

export async function insertScan(tx: Tx, member: Member, clientId: string, options: ScanOptions) {
  const { organisationId } = member
  const evidenceId = crypto.randomUUID()
  const revisionId = crypto.randomUUID()
  const importId = crypto.randomUUID()
  const at = new Date(options.on.length === 10 ? `${options.on}T08:00:00Z` : options.on)
  const tool = options.tool ?? 'Nessus'
  await evidenceRows.insertEvidence(tx, {
    organisationId,
    id: evidenceId,
    clientId,
    kind: 'vuln-scan-summary',
    title: `${tool} ${options.on}`,
    createdBy: member.userId,
    createdAt: at,
  })
  await evidenceRows.insertRevision(tx, {
    organisationId,
    id: revisionId,
    evidenceId,
    sequence: 1,
    sha256: importId.replaceAll('-', '').repeat(2),
    sizeBytes: 1,
    mediaType: 'text/xml',
    fileName: options.fileName ?? `${tool} ${options.on}.xml`,
    observedAt: at,
    receivedAt: at,
    collector: tool,
    receivedBy: member.userId,
  })
  await scans.insertImport(tx, {
    organisationId,
    id: importId,
    clientId,
    revisionId,
    viewpoint: options.viewpoint ?? 'internal',
    state: 'done',
    bytesTotal: 1,
    tool,
    format: 'test',
    scope: options.scope ?? 'Office',
    isWhole: options.isWhole ?? true,
    scanDate: at,
    createdBy: member.userId,
    createdAt: at,
  })
  const hosts = Object.entries(options.hosts)
  await scans.insertAssets(
    tx,
    hosts.map(([key, { asset }]) => ({
      organisationId,
      importId,
      clientId,
      key,
      hostname: /^[\d.:]+$/.test(key) ? null : key,
      address: /^[\d.:]+$/.test(key) ? key : null,
      externalId: null,
      operatingSystem: null,
      credentialed: true,
      ...asset,
    })),
  )
  let number = 0
  const rows = hosts.flatMap(([assetKey, { findings = [] }]) =>
    findings.map((finding) => {
      const severity = finding.severity ?? 'high'
      number += 1
      return {
        title: `Check ${finding.checkId}`,
        port: null,
        protocol: null,
        service: null,
        cves: [],
        solution: null,
        fixAvailableOn: null,
        firstSeenOn: null,
        isSuppressed: false,
        output: null,
        ...finding,
        severity,
        severityRank: SEVERITY_RANK[severity],
        organisationId,
        importId,
        clientId,
        assetKey,
        number,
      }
    }),
  )
  for (let from = 0; from < rows.length; from += 1000) {
    await scans.insertFindings(tx, rows.slice(from, from + 1000))
  }
  return { evidenceId, revisionId, importId }
}
