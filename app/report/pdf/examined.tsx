/** Chapter 1: what was looked at, with which tool, from where, and what was not looked at. */
import { Text, View } from '@react-pdf/renderer'
import type { Words } from '../language/words.ts'
import type { Account } from './account.ts'
import { style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Nothing, Row } from './rows.tsx'
import { Scope } from './scope.tsx'
import { listUnexamined } from './unexamined.ts'
import { SEVERITIES_SHOWN } from './wording.ts'

const scanColumns = ({ say }: Words): Column[] => [
  { title: say('scan.evidence'), width: 54 },
  { title: say('scan.tool') },
  { title: say('scan.day'), width: 98 },
  { title: say('scan.seen'), width: 110 },
  { title: say('scan.hosts'), width: 52, align: 'right' },
  { title: say('scan.credentials'), width: 78, align: 'right' },
]

const findingColumns = ({ say }: Words): Column[] => [
  { title: say('scan.scan') },
  ...SEVERITIES_SHOWN.map(
    (severity): Column => ({
      title: say(`severity.${severity}`),
      width: severity === 'info' ? 72 : 52,
      align: 'right',
    }),
  ),
]

export function Examined({ account }: { account: Account }) {
  const { statement, words, evidenceId } = account
  const { say, number, date } = words
  const ofScans = scanColumns(words)
  const ofFindings = findingColumns(words)
  const { scans, evidence, facts } = statement
  return (
    <Chapter
      account={account}
      number="1"
      title={say('examined.title')}
      lead={say('examined.lead', { evidence: evidence.length, facts: facts.length, scans: scans.length })}
    >
      <Scope account={account} />
      <Subheading>{say('examined.scans')}</Subheading>
      {scans.length === 0 ? (
        <Nothing>{say('examined.no-scan')}</Nothing>
      ) : (
        <>
          <HeadRow columns={ofScans} />
          {scans.map((scan) => (
            <Row
              key={scan.revisionId}
              columns={ofScans}
              characters={120}
              cells={[
                evidenceId(scan.revisionId) ?? say('not-listed'),
                scan.toolVersion ? `${scan.tool} ${scan.toolVersion}` : scan.tool,
                scan.scanDate ? date(scan.scanDate) : say('not-stated'),
                say(`viewpoint.${scan.viewpoint}`),
                number(scan.assets),
                scan.credentialedAssets === null ? say('not-stated') : number(scan.credentialedAssets),
              ]}
            />
          ))}
          <Subheading>{say('examined.findings')}</Subheading>
          <HeadRow columns={ofFindings} />
          {scans.map((scan) => (
            <Row
              key={scan.revisionId}
              columns={ofFindings}
              characters={80}
              cells={[
                `${evidenceId(scan.revisionId) ?? say('scan.scan')}, ${say(`viewpoint.${scan.viewpoint}`)}`,
                ...SEVERITIES_SHOWN.map((severity) => number(scan.findings[severity] ?? 0)),
              ]}
            />
          ))}
        </>
      )}
      <Subheading>{say('examined.unexamined')}</Subheading>
      {listUnexamined(account).map((sentence) => (
        <View key={sentence} style={[style.row, style.body, { maxWidth: 450, marginBottom: 3 }]}>
          <Text style={{ width: 12 }}>–</Text>
          <Text style={{ flex: 1 }}>{sentence}</Text>
        </View>
      ))}
    </Chapter>
  )
}
