/** Chapter 1: what was looked at, with which tool, from where, and what was not looked at. */
import { Text, View } from '@react-pdf/renderer'
import type { Account } from './account.ts'
import { style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Nothing, Row } from './rows.tsx'
import { Scope } from './scope.tsx'
import { count, groupDigits, VIEWPOINT_WORDS, wordDate } from './wording.ts'

const SCAN_COLUMNS: Column[] = [
  { title: 'Evidence', width: 44 },
  { title: 'Tool' },
  { title: 'Scanned on', width: 96 },
  { title: 'Seen', width: 110 },
  { title: 'Hosts', width: 44, align: 'right' },
  { title: 'With credentials', width: 76, align: 'right' },
]

const FINDING_COLUMNS: Column[] = [
  { title: 'Scan' },
  ...['Critical', 'High', 'Medium', 'Not rated', 'Low', 'Informational'].map(
    (title): Column => ({ title, width: title.length > 9 ? 72 : 52, align: 'right' }),
  ),
]

export function Examined({ account }: { account: Account }) {
  const { statement, evidenceId } = account
  const { scans, evidence, facts } = statement
  return (
    <Chapter
      account={account}
      number="1"
      title="What was examined"
      lead={`${count(evidence.length, 'piece')} of evidence, ${count(facts.length, 'fact')} read from ${evidence.length === 1 ? 'it' : 'them'}, and ${count(scans.length, 'vulnerability scan')}. Their checksums are in appendix B.`}
    >
      <Scope account={account} />
      <Subheading>Scans</Subheading>
      {scans.length === 0 ? (
        <Nothing>No vulnerability scan was examined.</Nothing>
      ) : (
        <>
          <HeadRow columns={SCAN_COLUMNS} />
          {scans.map((scan) => (
            <Row
              key={scan.revisionId}
              columns={SCAN_COLUMNS}
              characters={120}
              cells={[
                evidenceId(scan.revisionId) ?? 'Not listed',
                scan.toolVersion ? `${scan.tool} ${scan.toolVersion}` : scan.tool,
                scan.scanDate ? wordDate(scan.scanDate) : 'Not stated',
                VIEWPOINT_WORDS[scan.viewpoint],
                groupDigits(scan.assets),
                scan.credentialedAssets === null ? 'Not stated' : groupDigits(scan.credentialedAssets),
              ]}
            />
          ))}
          <Subheading>Findings of these scans</Subheading>
          <HeadRow columns={FINDING_COLUMNS} />
          {scans.map((scan) => (
            <Row
              key={scan.revisionId}
              columns={FINDING_COLUMNS}
              characters={80}
              cells={[
                `${evidenceId(scan.revisionId) ?? 'Scan'}, ${VIEWPOINT_WORDS[scan.viewpoint]}`,
                ...(['critical', 'high', 'medium', 'unknown', 'low', 'info'] as const).map((severity) =>
                  groupDigits(scan.findings[severity] ?? 0),
                ),
              ]}
            />
          ))}
        </>
      )}
      <Subheading>What was not examined</Subheading>
      {listUnexamined(account).map((sentence) => (
        <View key={sentence} style={[style.row, style.body, { maxWidth: 450, marginBottom: 3 }]}>
          <Text style={{ width: 12 }}>–</Text>
          <Text style={{ flex: 1 }}>{sentence}</Text>
        </View>
      ))}
    </Chapter>
  )
}

function listUnexamined({ statement, evidenceId }: Account): string[] {
  const { scans, facts } = statement
  const seenFrom = new Set(scans.map(({ viewpoint }) => viewpoint))
  const blind = scans.flatMap(({ revisionId, assets, credentialedAssets }) => {
    const label = evidenceId(revisionId) ?? 'A scan'
    if (credentialedAssets === null) {
      return [
        `${label} does not say on which hosts the scanner could sign in; without signing in, missing updates stay unseen.`,
      ]
    }
    const without = assets - credentialedAssets
    if (without <= 0) return []
    return [
      `${label}: the scanner could not sign in on ${groupDigits(without)} of ${count(assets, 'host')}; missing updates there stay unseen.`,
    ]
  })
  const bare = controlsWithoutEvidence(statement)
  const partial = facts.filter(({ completeness }) => completeness === 'partial').length
  const sentences = [
    ...(seenFrom.has('external') ? [] : ['Nothing was scanned from the internet.']),
    ...(seenFrom.has('internal') ? [] : ['Nothing was scanned from inside the network.']),
    ...blind,
    ...(partial > 0
      ? [
          `${partial === 1 ? '1 fact covers' : `${groupDigits(partial)} facts cover`} only a part of what is spoken about. Such a fact can show a lack, never that there is none.`,
        ]
      : []),
    ...(bare.length > 0
      ? [`Without any evidence ${bare.length === 1 ? 'is' : 'are'}: ${bare.join('; ')}.`]
      : []),
    'Whatever lies outside the evidence listed in appendix B.',
  ]
  return sentences
}

/** Applicable controls that no file and no fact speaks of, whatever was answered. */
function controlsWithoutEvidence({ controls, answers, evidence }: Account['statement']): string[] {
  const shown = new Set(evidence.flatMap(({ controlIds }) => controlIds))
  const isCited = (reasons: Account['statement']['answers'][number]['reasons']) =>
    reasons.some(({ factIds, revisionIds }) => factIds.length + revisionIds.length > 0)
  for (const { controlId, reasons } of answers) if (controlId && isCited(reasons)) shown.add(controlId)
  return controls
    .filter(({ id, status, reasons }) => status !== 'not-applicable' && !shown.has(id) && !isCited(reasons))
    .map(({ label }) => label)
}
