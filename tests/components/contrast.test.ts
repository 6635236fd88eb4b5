import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/styles/tokens.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }] as const,
  ),
)

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(one: string, other: string, theme: 'light' | 'dark'): number {
  const [first, second] = [one, other].map((name) => {
    const token = tokens.get(name)
    if (!token) throw new Error(`tokens.css has no --${name}`)
    return luminance(token[theme])
  }) as [number, number]
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

const surfaces = ['paper', 'raised', 'sunken', 'accent-wash']
const inks = [
  'ink',
  'ink-soft',
  'ink-faint',
  'accent',
  'accent-strong',
  'ok',
  'warn',
  'bad',
  'info',
  'neutral',
]
const washes = ['ok', 'warn', 'bad', 'info', 'neutral', 'accent']

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(inks)('prints %s at 4.5:1 or more on every surface', (ink) => {
    for (const surface of surfaces) expect(contrast(ink, surface, theme), surface).toBeGreaterThanOrEqual(4.5)
  })

  it.each(washes)('prints %s and body text at 4.5:1 or more on its own wash', (name) => {
    expect(contrast(name, `${name}-wash`, theme)).toBeGreaterThanOrEqual(4.5)
    expect(contrast('ink', `${name}-wash`, theme)).toBeGreaterThanOrEqual(4.5)
  })

  it('prints button labels at 4.5:1 or more', () => {
    expect(contrast('on-accent', 'accent', theme)).toBeGreaterThanOrEqual(4.5)
    expect(contrast('on-accent', 'accent-strong', theme)).toBeGreaterThanOrEqual(4.5)
    expect(contrast('on-danger', 'danger-fill', theme)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['paper', 'raised', 'sunken'])('draws the edge of a control at 3:1 or more on %s', (surface) => {
    expect(contrast('control', surface, theme)).toBeGreaterThanOrEqual(3)
  })
})
