/** What docs/ledger.md tells other people to do, done with their tools on files of ours. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportOwnLedger, proveOwnEntry } from '#app/services/ledger-export.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { readCheckpointBody } from '#evidence/checkpoint.ts'
import { deriveHeadKey, sealHead } from '#evidence/ledger-head.server.ts'
import { merkleRoot, proveInclusion } from '#evidence/merkle.ts'
import { fillLedger } from '../services/ledger-world.ts'
import { openWorld, type World } from '../support/world.ts'

const text = readFileSync(new URL('../../docs/ledger.md', import.meta.url), 'utf8')
const recipes = [...text.matchAll(/```sh\n([\s\S]+?)```/g)].map(([, recipe]) => recipe ?? '')
const recipe = (holding: string) => recipes.find((candidate) => candidate.includes(holding)) ?? 'exit 9'

describe('the worked example', () => {
  const hashes = ['2bc0741e5c2f7084', '41553a38eb83df8a', 'f95701ea4c6c9939'].map(
    (start) => new RegExp(`\`(${start}[0-9a-f]{48})\``).exec(text)?.[1] ?? '',
  )
  const leaves = hashes.map((hash) => new Uint8Array(Buffer.from(hash, 'hex')))

  test('has the hashes, the root, the path and the seal that it names', () => {
    const entry = /^\{"actor".*"sequence":1.*$/m.exec(text)?.[0] ?? ''
    expect(sha256Hex(entry)).toBe(hashes[0])
    const body = readCheckpointBody(/^ *(\{"createdAt".*)$/m.exec(text)?.[1] ?? '')
    expect(body).toMatchObject({ size: 3, rootHash: merkleRoot(leaves), headHash: hashes[2] })
    expect(text).toContain(`root is \`${merkleRoot(leaves)}\``)
    for (const step of proveInclusion(leaves, 1).path) expect(text).toContain(`\`${step}\``)
    const organisationId = body?.organisationId ?? ''
    const head = { organisationId, sequence: 3, hash: hashes[2] ?? '', at: '2026-01-05T10:10:00.000Z' }
    expect(text).toContain(`mac \`${sealHead(head, deriveHeadKey('c2VjcmV0', organisationId)).mac}\``)
  })
})

const missing = ['bash', 'jq', 'xxd', 'openssl', 'sha256sum'].filter(
  (name) => spawnSync(name, ['--version']).error,
)
if (missing.length > 0)
  console.warn(`${missing.join(', ')} not installed: the recipes of docs/ledger.md do not run`)

describe.skipIf(missing.length > 0)('the recipe', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attested-recipe-'))
  let world: World
  beforeAll(async () => {
    world = await openWorld()
    const { member } = await world.signUpMember('Rita Recipe')
    await fillLedger(member)
    let exported = ''
    for await (const line of exportOwnLedger(member)) exported += line
    writeFileSync(join(folder, 'ledger.ndjson'), exported)
    writeFileSync(join(folder, 'proof.json'), JSON.stringify(await proveOwnEntry(member, 17)))
  })
  afterAll(async () => {
    await world?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const run = (script: string) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' })
    return { status, output: `${stdout}${stderr}` }
  }

  test('for entries passes a whole export and tells a broken one', () => {
    expect(run(recipe('previous=$hash'))).toEqual({ status: 0, output: '' })
    const forged = readFileSync(join(folder, 'ledger.ndjson'), 'utf8').replace('Person 3', 'Nobody')
    writeFileSync(join(folder, 'ledger.ndjson'), forged)
    expect(run(recipe('previous=$hash')).output).toContain('broken at')
  })

  test('for a proof reaches the checkpoint’s root', () => {
    const { entry } = JSON.parse(readFileSync(join(folder, 'proof.json'), 'utf8'))
    const { status, output } = run(recipe('sibling in'))
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringContaining(`${entry.hash}  -\ncovered`),
    })
  })

  test('for a checkpoint satisfies openssl', () => {
    const { status, output } = run(`set -e\n${recipe('openssl dgst')}`)
    expect({ status, output }).toEqual({ status: 0, output: 'Verified OK\nleaf.pem: OK\n' })
  })
})
