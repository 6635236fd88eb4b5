/** Five years of records of many clients, written as rows: quarterly evidence with facts, yearly changes of answers. */
import { sql } from 'drizzle-orm'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import type { Database } from '#db/client.server.ts'

export const YEARS = 5
const QUARTERS = YEARS * 4
const ITEMS = 8
const KEYS = ['mfa.user_enforced_percent', 'exposure.rdp_open_count', 'vuln.kev_open_count']
const BATCH = 50

export async function fillFiveYears(
  database: Database,
  member: Member,
  { clients, begun: first, now }: { clients: number; begun: Date; now: Date },
) {
  const { organisationId, userId } = member
  const answers = Object.entries(dentalAnswers(now))
  const pick = { formCode: 'core-cyber', edition: '1' }
  const clientIds: string[] = []
  const applicationIds: string[] = []
  for (let index = 0; index < clients; index += 1) {
    const { dental } = demoClients(now)
    const clientId = await createClient(member, { ...dental, legalName: `Client ${index}` })
    clientIds.push(clientId)
    applicationIds.push(await startApplication(member, clientId, pick))
  }
  const begun = first.toISOString()
  const end = now.toISOString()
  for (let from = 0; from < clients; from += BATCH) {
    const ids = clientIds.slice(from, from + BATCH).join(' ')
    const applications = applicationIds.slice(from, from + BATCH).join(' ')
    await database.inOrganisation(organisationId, async (tx) => {
      const given = JSON.stringify(answers.map(([id, answer]) => ({ id, answer })))
      const each = sql`string_to_array(${applications}, ' ')::uuid[]`
      await tx.execute(sql`
        insert into answer (organisation_id, application_id, question_id, answer, version, answered_by, answered_by_name,
          answered_at)
        select ${organisationId}::uuid, application_id, given->>'id', given->'answer', ${YEARS}, ${userId}::uuid, 'Ben',
          ${begun}::timestamptz + ${YEARS - 1} * interval '1 year'
        from unnest(${each}) application_id, jsonb_array_elements(${given}::jsonb) given`)
      await tx.execute(sql`
        insert into answer_version (organisation_id, application_id, question_id, version, answer, true_from, answered_by,
          answered_by_name, recorded_at)
        select ${organisationId}::uuid, application_id, given->>'id', version, given->'answer', moment, ${userId}::uuid,
          'Ben', moment
        from unnest(${each}) application_id, jsonb_array_elements(${given}::jsonb) given,
          generate_series(1, ${YEARS - 1}) version,
          lateral (select ${begun}::timestamptz + (version - 1) * interval '1 year' as moment) at`)
      await tx.execute(sql`
        with item as (
          insert into evidence (organisation_id, id, client_id, kind, title, control_ids, created_by, created_at)
          select ${organisationId}::uuid, gen_random_uuid(), client_id, 'external-scan-report', 'Scan ' || n, '{}',
            ${userId}::uuid, ${begun}::timestamptz
          from unnest(string_to_array(${ids}, ' ')::uuid[]) client_id, generate_series(1, ${ITEMS}) n
          returning id, client_id
        ),
        revision as (
          insert into evidence_revision (organisation_id, id, evidence_id, sequence, sha256, size_bytes, media_type,
            file_name, observed_at, received_at, collector, received_by)
          select ${organisationId}::uuid, gen_random_uuid(), item.id, quarter, repeat('0', 64), 1, 'text/plain', 'scan.txt',
            seen, seen, 'bench', ${userId}::uuid
          from item, generate_series(1, ${QUARTERS}) quarter,
            lateral (select ${begun}::timestamptz + quarter * interval '91 days' as seen) at
          where seen <= ${end}::timestamptz
          returning id, evidence_id, observed_at
        )
        insert into fact (organisation_id, id, client_id, revision_id, key, fact, numeric_value, observed_at, recorded_at)
        select ${organisationId}::uuid, gen_random_uuid(), item.client_id, revision.id, key,
          jsonb_build_object('key', key, 'scope', jsonb_build_object('viewpoint', 'external', 'subject', 'all'), 'value', 1,
            'observedAt', to_char(observed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'completeness', 'complete', 'collector', 'bench'),
          1, observed_at, observed_at
        from revision join item on item.id = revision.evidence_id, unnest(string_to_array(${KEYS.join(' ')}, ' ')) key`)
    })
  }
  await database.inOrganisation(organisationId, async (tx) => {
    // As the server does by itself within a minute; rows of years do not come at once.
    await tx.execute(sql`set local role none`)
    await tx.execute(sql`analyze`)
  })
  return { clientIds, applicationIds, ...(await countRows(database, organisationId)) }
}

async function countRows(database: Database, organisationId: string) {
  const [row] = await database.inOrganisation(organisationId, (tx) =>
    tx.execute<{ facts: number; revisions: number; answers: number }>(sql`
      select (select count(*)::int from fact) as facts, (select count(*)::int from evidence_revision) as revisions,
        (select count(*)::int from answer_version) as answers`),
  )
  if (!row) throw new Error('Nothing was counted')
  return row
}
