/** Chapter 1: what was looked at, with which tool, from where, and what was not looked at. */
import { Text, View } from '@react-pdf/renderer'
import type { Account } from './account.ts'
import { style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Nothing, Row } from './rows.tsx'
import { Scope } from './scope.tsx'
import { listUnexamined } from './unexamined.ts'
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
