import { describe, expect, it } from 'vitest'
import { explainStartFailure } from '#app/server/start-failure.server.ts'
import { DataFolderLockedError } from '#db/start-error.ts'

const place = { port: 3000, host: '127.0.0.1', dataDir: '/srv/data' }
const systemError = (code: string, syscall = 'open') =>
  Object.assign(new Error(`${code}: said`), { code, syscall })

describe('a failed start', () => {
  it.each([
    ['a port in use', systemError('EADDRINUSE', 'listen'), /Port 3000 is taken.*PORT=3001 npm start/],
    ['a reserved port', systemError('EACCES', 'listen'), /may not listen on port 3000/],
    ['a strange address', systemError('EADDRNOTAVAIL', 'listen'), /HOST is 127\.0\.0\.1/],
    ['a strange host name', systemError('ENOTFOUND', 'getaddrinfo'), /no address of this machine/],
    ['a full disk', systemError('ENOSPC', 'write'), /disk that holds \/srv\/data is full/],
    [
      'a folder of somebody else',
      systemError('EACCES', 'mkdir'),
      /may not write to the data folder \/srv\/data/,
    ],
    ['a read-only disk', systemError('EROFS', 'mkdir'), /ATTESTED_DATA_DIR/],
    [
      'a locked folder',
      new DataFolderLockedError('/srv/data', 'process 7'),
      /in use by another running Attested/,
    ],
    ['a cause inside', new Error('outer', { cause: systemError('ENOSPC', 'write') }), /is full/],
    ['several at once', new AggregateError([systemError('EADDRINUSE', 'listen')]), /is taken/],
  ])('is told in one paragraph: %s', (_case, error, expected) => {
    const told = explainStartFailure(error, place)
    expect(told).toMatch(expected)
    expect(told).not.toContain('\n')
  })

  it.each([new TypeError('x is not a function'), 'a string', undefined])(
    'keeps its stack when it is our own fault: %s',
    (error) => {
      expect(explainStartFailure(error, place)).toBeNull()
    },
  )
})
