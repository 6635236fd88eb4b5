import { expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { centralRecord, descriptor, localHeader } from '#app/report/claim-pack/zip-layout.server.ts'

interface WritingEntry {
  crc32: number
  compressedSize: number
  uncompressedSize: number
  relativeOffsetOfLocalHeader: number
  getLocalFileHeader(): Buffer
  getDataDescriptor(): Buffer
  getCentralDirectoryRecord(): Buffer
}

// Nobody waits for five gigabytes in a test: the writer's own entry is told that it has them.
test.each([
  ['a small file near the beginning', 17, 40],
  ['a file of five gigabytes', 5_000_000_000, 40],
  ['a small file behind five gigabytes', 17, 5_000_000_000],
  ['the largest size that needs no ZIP64', 0xfffffffe, 0],
  ['the smallest size that needs it', 0xffffffff, 0],
])('the headers of %s are those that the writer writes', (_case, sizeBytes, offset) => {
  const zip = new ZipFile()
  const options = { compress: false, mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 }
  zip.addReadStreamLazy('evidence/Überblick.csv', { ...options, size: sizeBytes }, () => undefined)
  const [entry] = (zip as unknown as { entries: WritingEntry[] }).entries
  if (!entry) throw new Error('The writer has no entry')
  Object.assign(entry, {
    crc32: 0xdeadbeef,
    compressedSize: sizeBytes,
    uncompressedSize: sizeBytes,
    relativeOffsetOfLocalHeader: offset,
  })
  const placed = { path: 'evidence/Überblick.csv', crc32: 0xdeadbeef, sizeBytes, offset, isStreamed: true }
  expect(localHeader(placed)).toEqual(entry.getLocalFileHeader())
  expect(descriptor(placed)).toEqual(entry.getDataDescriptor())
  expect(centralRecord(placed)).toEqual(entry.getCentralDirectoryRecord())
})
