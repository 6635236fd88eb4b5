import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runVerify } from '#app/cli/verify.ts'
import { verifyPack } from '#app/report/claim-pack/verify-pack.server.ts'
import { storePack } from '#app/services/claim-pack-archive.server.ts'
import { CITED } from '#app/services/claim-pack-ledger.server.ts'
import { getPackState, openClaimPack, requestClaimPack } from '#app/services/claim-packs.server.ts'
import { editIncident, getIncident, getIncidentPage, recordIncident } from '#app/services/incidents.server.ts'
import { type LedgerKind, listLedger, recordInLedger } from '#app/services/ledger.server.ts'
import { checkLedger } from '#app/services/ledger-check.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { listEntriesAbout } from '#db/queries/claim-packs.server.ts'
import { hasTool } from '../report/outside-tools.ts'
import { startBusyTime } from '../support/busy-time.ts'
import { campaign } from '../support/campaign.ts'
import { randomNumbers } from '../support/random-numbers.ts'
import { openWorld, type World } from '../support/world.ts'
import { type Files, failedChecks, manifestOf, packer, unpack } from './claim-pack-files.ts'
import { DAY, finishPack, incidentOf, makePack, prepareDental, signApplication } from './claim-world.ts'

let world: World
let member: Member
let stranger: Member
let clientId: string
let pack: Awaited<ReturnType<typeof makePack>>
let other: Awaited<ReturnType<typeof makePack>>
const folder = mkdtempSync(join(tmpdir(), 'attested-packs-'))
const repack = packer(folder)

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  member = (await world.signUpMember('Paula Pack')).member
  stranger = (await world.signUpMember('Sam Stranger')).member
  const dental = await prepareDental(member)
  clientId = dental.clientId
  await signApplication(member, dental.applicationId)
  pack = await makePack(member, clientId, folder)
  other = await makePack(member, clientId, folder, { title: 'A second incident' })
})

afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a claim pack', () => {
  test('holds the record of the day, and every check of it holds', async () => {
    const { ok, checks, manifest } = await verifyPack(pack.path)
    expect(checks.filter((check) => !check.ok)).toEqual([])
    expect(ok).toBe(true)
    expect(manifest).toMatchObject({ asOf: DAY, application: { basis: 'signed' } })
    const files = await unpack(pack.path)
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        'README.txt',
        'cover.pdf',
        'incident.json',
        'application/answers.json',
        'application/signed-report.pdf',
        'readiness/as-of.json',
        'readiness/as-known.json',
        'readiness/timeline.json',
        'exceptions.json',
        'drift.json',
        'ledger/checkpoint.json',
      ]),
    )
    const evidence = manifest?.files.filter(({ role }) => role === 'evidence') ?? []
    expect(evidence.length).toBeGreaterThan(3)
    for (const { evidence: said } of evidence) expect(said?.ledgerEntry).toEqual(expect.any(Number))
    const answers = JSON.parse(String(files.get('application/answers.json'))).answers
    expect(answers.length).toBeGreaterThan(20)
    expect(answers[0]).toMatchObject({ by: 'Paula Pack', recordedAt: expect.any(String) })
    expect(String(files.get('cover.pdf')?.subarray(0, 5))).toBe('%PDF-')
  })

  test('of a day before anything was recorded tells what is true now of it, and that nothing was known', async () => {
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
    const early = await makePack(member, clientId, folder, { occurredFrom: day })
    const { ok, checks, manifest } = await verifyPack(early.path)
    expect(checks.filter((check) => !check.ok)).toEqual([])
    expect(ok).toBe(true)
    expect(manifest).toMatchObject({
      asOf: day,
      trueOn: `${day}T23:59:59.999Z`,
      application: { basis: 'draft' },
    })
    const files = await unpack(early.path)
    expect(JSON.parse(String(files.get('readiness/as-known.json')))).toMatchObject({ application: null })
    expect(files.has('application/signed-report.pdf')).toBe(false)
    const known = manifest?.files.flatMap(({ evidence }) => evidence?.countedIn ?? [])
    expect(new Set(known)).toEqual(new Set(['as-of']))
  })

  test('cites what became of its files, and the live checks that entered theirs', async () => {
    const { organisationId } = member
    const ids = ['a', 'b', 'c'].map(() => crypto.randomUUID())
    const [revisionId = '', withdrawnId = '', evidenceId = ''] = ids
    const cited = await getRuntime().database.inOrganisation(organisationId, async (tx) => {
      const at = new Date()
      const write = (kind: LedgerKind, payload: Record<string, unknown>) =>
        recordInLedger(tx, organisationId, { kind, actor: 'Attested', at, payload })
      await write('check.finished', { checkId: crypto.randomUUID(), evidenceId, revisionId })
      await write('evidence.revision-withdrawn', { evidenceId: clientId, revisionIds: [withdrawnId] })
      await write('evidence.withdrawn', { evidenceId })
      await write('client.changed', { evidenceId, revisionId })
      await write('evidence.received', { evidenceId: clientId, revisionId: crypto.randomUUID() })
      return listEntriesAbout(tx, organisationId, { kinds: CITED, ids, until: at })
    })
    expect(cited.map(({ kind }) => kind)).toEqual([
      'check.finished',
      'evidence.revision-withdrawn',
      'evidence.withdrawn',
    ])
  })

  test('is checked by the command line, with the authority compared or not', async () => {
    const run = async (...argv: string[]) => {
      let out = ''
      const status = await runVerify(argv, {
        stdout: { write: (text) => (out += text) },
        stderr: { write: (text) => (out += text) },
      })
      return { status, out }
    }
    const authority = join(folder, 'authority.pem')
    writeFileSync(authority, (await unpack(pack.path)).get('authority.pem') ?? '')
    const compared = await run(pack.path, '--authority', authority)
    expect(compared).toMatchObject({ status: 0, out: expect.stringContaining('This is the claim pack that') })
    expect(compared.out).not.toContain('note')
    expect((await run(pack.path)).out).toContain('Read the notes before')
    const json = await run(pack.path, '--json')
    expect(JSON.parse(json.out)).toMatchObject({ ok: true, manifest: { packId: pack.packId } })
  })

  test('is entered in the ledger, which still holds', async () => {
    const { entries } = await listLedger(member)
    const made = entries.filter(({ kind }) => kind === 'claim-pack.made')
    expect(made.length).toBeGreaterThanOrEqual(2)
    expect((await checkLedger(member)).verdict.ok).toBe(true)
  })

  test('sha256sum and openssl agree', async () => {
    if (!hasTool('openssl') || spawnSync('sha256sum', ['--version']).error) {
      console.warn('openssl or sha256sum is not installed: their judgement was not asked for')
      return
    }
    const out = join(folder, 'unpacked')
    for (const [path, bytes] of await unpack(pack.path)) {
      mkdirSync(dirname(join(out, path)), { recursive: true })
      writeFileSync(join(out, path), bytes)
    }
    const readme = await readFile(join(out, 'README.txt'), 'utf8')
    const recipe = readme.split('\n').filter((line) => /^ {2}(sha256sum|openssl)/.test(line))
    expect(recipe).toHaveLength(5)
    const commands = recipe.map((line) => line.replace(/\(macOS.*\)/, '')).join(' && ')
    const { status, stdout, stderr } = spawnSync('sh', ['-c', commands], { cwd: out, encoding: 'utf8' })
    expect({ status, stderr: stderr.replace(/WARNING.*/g, '') }).toMatchObject({ status: 0 })
    expect(stdout).toContain('Verified OK')
    expect(stdout).toContain('signer.pem: OK')
    const fingerprint = stdout.split('Fingerprint=')[1]?.trim() ?? 'none'
    expect(readme).toContain(fingerprint)
  })
})

describe('a claim pack that is not as it was made', () => {
  const FLIPS = campaign(20, 100)
  test(`any flipped bit is noticed, wherever it is: ${FLIPS} tried`, async () => {
    const random = randomNumbers(20_260_105)
    const path = join(folder, 'flipped.zip')
    const tailLength = Math.min(pack.bytes.length, 6000)
    const unnoticed: number[] = []
    for (let tried = 0; tried < FLIPS; tried += 1) {
      // Every other one near the end, where the directory stands.
      const at = tried % 2 === 0 ? random(pack.bytes.length) : pack.bytes.length - 1 - random(tailLength)
      const bytes = Buffer.from(pack.bytes)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
      writeFileSync(path, bytes)
      const { ok } = await verifyPack(path)
      if (ok) unnoticed.push(at)
    }
    expect(unnoticed).toEqual([])
  }, 900_000)

  test('cut off anywhere, or with something behind, it is no pack', async () => {
    const path = join(folder, 'cut.zip')
    for (const length of [0, 3, 100, Math.floor(pack.bytes.length / 2), pack.bytes.length - 1]) {
      writeFileSync(path, pack.bytes.subarray(0, length))
      expect(await failedChecks(path)).toContain('container')
    }
    writeFileSync(path, Buffer.concat([pack.bytes, Buffer.from('more')]))
    expect(await failedChecks(path)).toContain('container')
    writeFileSync(path, Buffer.concat([Buffer.from('before'), pack.bytes]))
    expect(await failedChecks(path)).toContain('container')
  })

  test('a missing, an added, a swapped file and a changed one are each told by name', async () => {
    const files = await unpack(pack.path)
    const named = async (changed: Files) => {
      const { checks } = await verifyPack(await repack(changed, 'changed'))
      return checks.flatMap(({ ok, id, detail }) => (ok ? [] : [`${id}: ${detail}`])).join('\n')
    }
    const [first = '', second = ''] = [...files.keys()].filter((path) => path.startsWith('evidence/'))
    const missing = new Map(files)
    missing.delete(first)
    expect(await named(missing)).toContain(`files: ${first} is missing.`)
    expect(await named(new Map([...files, ['evidence/more.txt', Buffer.from('x')]]))).toBe(
      'complete: evidence/more.txt is in no list.',
    )
    const swapped = new Map(files)
    swapped.set(first, files.get(second) ?? Buffer.alloc(0))
    swapped.set(second, files.get(first) ?? Buffer.alloc(0))
    expect(await named(swapped)).toMatch(new RegExp(`files: .*${first.replaceAll(/[.()]/g, '\\$&')}`))
    expect(await named(new Map(files))).toBe('')
  })

  test('an edited manifest, another pack’s signature, another pack’s manifest', async () => {
    const files = await unpack(pack.path)
    const foreign = await unpack(other.path)
    const edited = new Map(files)
    const manifest = manifestOf(files)
    edited.set(
      'manifest.json',
      Buffer.from(`${JSON.stringify({ ...manifest, asOf: '2020-01-01' }, null, 2)}\n`),
    )
    expect(await failedChecks(await repack(edited, 'edited'))).toEqual(['signature', 'sums', 'times'])
    const resigned = new Map(files)
    for (const name of ['manifest.json.sig', 'signer.pem']) resigned.set(name, foreign.get(name) as Buffer)
    expect(await failedChecks(await repack(resigned, 'resigned'))).toEqual(
      expect.arrayContaining(['signature', 'sums']),
    )
    const exchanged = new Map(files)
    for (const name of ['manifest.json', 'manifest.json.sig', 'signer.pem', 'SHA256SUMS'])
      exchanged.set(name, foreign.get(name) as Buffer)
    expect(await failedChecks(await repack(exchanged, 'exchanged'))).toContain('files')
  })

  test('compressed files, doubled names and paths that lead outside are refused unread', async () => {
    const files = await unpack(pack.path)
    expect(await failedChecks(await repack(files, 'deflated', true))).toContain('container')
    const bomb = await repack([['manifest.json', Buffer.alloc(80_000_000)]], 'bomb', true)
    const busyMs = startBusyTime()
    expect(await failedChecks(bomb)).toContain('manifest')
    expect(busyMs()).toBeLessThan(2000)
    expect(await failedChecks(await repack([...files, ['README.txt', Buffer.from('x')]], 'twice'))).toContain(
      'names',
    )
    // yazl refuses such a name, so it is written over another of the same length.
    const outside = Buffer.from(
      await readFile(await repack([...files, ['aa/outside.txt', Buffer.from('x')]], 'out')),
    )
    for (let at = outside.indexOf('aa/outside.txt'); at >= 0; at = outside.indexOf('aa/outside.txt'))
      outside.write('../outside.txt', at)
    writeFileSync(join(folder, 'outside.zip'), outside)
    expect(await failedChecks(join(folder, 'outside.zip'))).toContain('container')
  })
})

describe('making one', () => {
  test('is refused for a day outside the incident, and while another is being made', async () => {
    await expect(requestClaimPack(member, pack.incidentId, '2020-01-01')).rejects.toMatchObject({
      code: 'as-of',
    })
    const asked = await Promise.allSettled(
      [1, 2, 3].map(() => requestClaimPack(member, pack.incidentId, DAY)),
    )
    const [made, ...none] = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(none).toEqual([])
    const packId = made ?? ''
    expect(asked).toContainEqual(
      expect.objectContaining({ reason: expect.objectContaining({ code: 'under-way' }) }),
    )
    expect(await finishPack(member, packId)).toMatchObject({ state: 'ready', failure: null })
  })

  test('goes on without a file that was damaged or lost, and says so wherever somebody looks', async () => {
    const files = await unpack(pack.path)
    const [first, second] = manifestOf(files).files.filter(({ role }) => role === 'evidence')
    const keptAt = (sha256 = '') =>
      join(world.dataDir, 'evidence', member.organisationId, sha256.slice(0, 2), sha256)
    const originals = await Promise.all([first, second].map((file) => readFile(keptAt(file?.sha256))))
    const damaged = Buffer.from(originals[0] ?? '')
    damaged[0] = (damaged[0] ?? 0) ^ 1
    writeFileSync(keptAt(first?.sha256), damaged)
    rmSync(keptAt(second?.sha256))
    const without = await makePack(member, clientId, folder, { title: 'Without two files' })
    for (const [index, file] of [first, second].entries())
      writeFileSync(keptAt(file?.sha256), originals[index] ?? '')
    const { ok, checks, manifest } = await verifyPack(without.path)
    expect(checks.filter((check) => !check.ok)).toEqual([])
    expect(ok).toBe(true)
    expect(manifest?.missing).toEqual([
      expect.objectContaining({ path: first?.path, sha256: first?.sha256, reason: 'damaged' }),
      expect.objectContaining({ path: second?.path, sha256: second?.sha256, reason: 'lost' }),
    ])
    expect(checks.find(({ id }) => id === 'missing')).toMatchObject({
      note: true,
      detail: expect.stringContaining(`“${first?.about}” (damaged)`),
    })
    expect([...(await unpack(without.path)).keys()]).not.toContain(first?.path)
    const { packs } = await getIncidentPage(member, without.incidentId)
    expect(packs).toEqual([expect.objectContaining({ missingCount: 2 })])
  })

  test('stops by name at a file that is damaged while it is packed, and leaves nothing half-made', async () => {
    const sha256 = manifestOf(await unpack(pack.path)).files.find(({ role }) => role === 'evidence')?.sha256
    const kept = join(
      world.dataDir,
      'evidence',
      member.organisationId,
      sha256?.slice(0, 2) ?? '',
      sha256 ?? '',
    )
    const original = await readFile(kept)
    writeFileSync(kept, Buffer.concat([Buffer.from([(original[0] ?? 0) ^ 1]), original.subarray(1)]))
    const before = await listStored()
    const file = { path: 'evidence/a.csv', sha256: sha256 ?? '', sizeBytes: original.length } as const
    const content = { stored: file.sha256, fileName: 'a.csv' }
    const packing = storePack(
      member.organisationId,
      [{ ...file, role: 'evidence', about: '', content }],
      () => undefined,
    )
    await expect(packing).rejects.toThrow('No pack was made: a.csv cannot be handed out.')
    writeFileSync(kept, original)
    expect(await listStored()).toEqual(before)
    expect(readdirSync(join(world.dataDir, 'evidence', 'incoming'))).toEqual([])
  })

  async function listStored() {
    const stored: string[] = []
    for await (const { sha256 } of getRuntime().store.list(member.organisationId)) stored.push(sha256)
    return stored
  }

  test('nobody of another organisation reaches any of it', async () => {
    for (const call of [
      () => getIncident(stranger, pack.incidentId),
      () => getIncidentPage(stranger, pack.incidentId),
      () => editIncident(stranger, pack.incidentId, 1, incidentOf()),
      () => requestClaimPack(stranger, pack.incidentId, DAY),
      () => getPackState(stranger, pack.packId),
      () => openClaimPack(stranger, pack.packId),
      () => recordIncident(stranger, clientId, incidentOf()),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'not-found' })
  })

  test('an incident that somebody else changed meanwhile is not overwritten', async () => {
    const { incident } = await getIncident(member, other.incidentId)
    const words = incidentOf({ title: 'Said more exactly' })
    expect(await editIncident(member, other.incidentId, incident.version, words)).toBe('saved')
    expect(await editIncident(member, other.incidentId, incident.version, words)).toBe('conflict')
    const later = incidentOf({ discoveredAt: new Date(Date.now() + 60_000).toISOString() })
    await expect(editIncident(member, other.incidentId, incident.version + 1, later)).rejects.toMatchObject({
      code: 'future',
    })
    const foreignAsset = incidentOf({ affectedAssetIds: [crypto.randomUUID()] })
    await expect(recordIncident(member, clientId, foreignAsset)).rejects.toMatchObject({ code: 'asset' })
  })
})
