import { describe, expect, it } from 'vitest'
import { shortenHash } from '#app/components/copyable-hash.tsx'
import { formatSize } from '#app/components/file-size.tsx'
import { isCurrent } from '#app/components/side-navigation.tsx'
import { readTheme, writeTheme } from '#app/components/theme.ts'
import { Time } from '#app/components/time.tsx'
import { render } from './render.tsx'

describe('a time', () => {
  it('prints a moment in UTC whatever the server’s zone', async () => {
    const markup = await render(<Time at="2026-11-24T23:59:30-05:00" show="moment" />)
    expect(markup).toContain('25 Nov 2026, 04:59 UTC')
    expect(markup).toContain('dateTime="2026-11-25T04:59:30.000Z"')
  })

  it('keeps a calendar day a day', async () => {
    expect(await render(<Time at="2027-01-15" />)).toContain('dateTime="2027-01-15"')
  })

  it('prints what is no date as it stands', async () => {
    expect(await render(<Time at="soon" />)).toBe('soon')
  })
})

describe('a file size', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [14_240, '14.2 kB'],
    [999_960, '1 MB'],
    [1_000_000_000, '1 GB'],
  ])('of %i bytes reads %s', (sizeBytes, words) => {
    expect(formatSize(sizeBytes)).toBe(words)
  })
})

describe('a hash', () => {
  it('is shortened to both of its ends', () => {
    expect(shortenHash('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08')).toBe(
      '9f86d081…b0f00a08',
    )
  })

  it('stays whole when it is short', () => {
    expect(shortenHash('c-204')).toBe('c-204')
  })
})

describe('the theme cookie', () => {
  it('comes back as it was written', () => {
    expect(readTheme(`a=1; ${writeTheme('dark').split(';')[0]}`)).toBe('dark')
    expect(readTheme('theme=light')).toBe('light')
  })

  it.each([null, '', 'theme=system', 'theme=<script>', 'mytheme=dark', 'theme='])(
    'means the system’s theme otherwise: %s',
    (header) => {
      expect(readTheme(header)).toBe('system')
    },
  )

  it('is deleted for the system’s theme', () => {
    expect(writeTheme('system')).toContain('Max-Age=0')
  })
})

describe('a navigation item', () => {
  it('is current on its own page and below it', () => {
    expect(isCurrent('/clients', '/clients')).toBe(true)
    expect(isCurrent('/clients', '/clients/7/evidence')).toBe(true)
  })

  it('is not current where only the letters agree', () => {
    expect(isCurrent('/client', '/clients')).toBe(false)
    expect(isCurrent('/', '/clients')).toBe(false)
  })
})
