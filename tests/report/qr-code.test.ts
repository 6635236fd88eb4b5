/** The code on the page, read back by another program. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import decodeQR from 'qr/decode.js'
import { expect, test } from 'vitest'
import { renderReport } from '#app/report/render.server.ts'
import { exampleStatement } from './example-statement.ts'
import { needs, runTool } from './outside-tools.ts'

/** A portable graymap as `pdftoppm -gray` writes it. */
function readGraymap(file: string) {
  const bytes = readFileSync(file)
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))
  if (!head) throw new Error('Not a graymap')
  const [width, height] = [Number(head[1]), Number(head[2])]
  const data = new Uint8Array(width * height * 4)
  for (const [index, value] of bytes.subarray(head[0].length).entries()) {
    data.set([value, value, value, 255], index * 4)
  }
  return { width, height, data }
}

test('the code on the first page leads to the address that the statement names', async ({ skip }) => {
  needs('pdftoppm', skip)
  const folder = mkdtempSync(join(tmpdir(), 'attested-qr-'))
  try {
    writeFileSync(join(folder, 'report.pdf'), await renderReport(exampleStatement()))
    const page = ['-gray', '-r', '150', '-f', '1', '-l', '1', '-singlefile']
    runTool('pdftoppm', [...page, join(folder, 'report.pdf'), join(folder, 'page')])
    expect(decodeQR(readGraymap(join(folder, 'page.pgm')))).toBe(exampleStatement().verifyAt)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
