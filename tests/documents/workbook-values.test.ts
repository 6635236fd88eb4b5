import { describe, expect, it } from 'vitest'
import { dateOfSerial, type SheetCell, serialOfDate } from '#app/documents/workbook-cell.ts'
import { parseDateText } from '#app/documents/workbook-dates.ts'
import { parseNumberText } from '#app/documents/workbook-numbers.ts'
import {
  saysDontKnow,
  toAmount,
  toChoice,
  toDate,
  toNumber,
  toText,
  toTick,
} from '#app/documents/workbook-values.ts'

const text = (value: string): SheetCell => ({ kind: 'text', text: value })
const number = (value: number, format: 'plain' | 'percent' | 'date' = 'plain'): SheetCell => ({
  kind: 'number',
  number: value,
  format,
})
const said = <T>(result: { ok: true; value: T } | { ok: false; message: string }) =>
  result.ok ? result.value : result.message

describe('a number typed as text', () => {
  it.each<[string, number | 'two-ways' | null]>([
    ['1234', 1234],
    ['1,234', 1234],
    ['1,234,567.89', 1234567.89],
    ['1.234.567,89', 1234567.89],
    ['1 234 567', 1234567],
    ["1'234'567", 1234567],
    ['1\u00a0234', 1234],
    ['1\u202f234,5', 1234.5],
    ['12,5', 12.5],
    ['0,125', 0.125],
    ['0.125', 0.125],
    ['1.234', 'two-ways'],
    ['1.2345', 1.2345],
    ['−5', -5],
    ['１２３', 123],
    ['1e3', 1000],
    ['12,34,567', null],
    ['1,234,56', null],
    ['25k', null],
    ['about 5', null],
    ['', null],
    ['.', null],
    ['1..2', null],
    ['0x10', null],
    ['Infinity', null],
    ['1e999', null],
  ])('%s is %s', (typed, value) => {
    expect(parseNumberText(typed)).toBe(value)
  })

  it('may carry its unit, and no other', () => {
    expect(parseNumberText('50 people', ['people'])).toBe(50)
    expect(parseNumberText('50 devices', ['people'])).toBe(null)
  })
})

describe('a date typed as text', () => {
  it.each<[string, string | null]>([
    ['2026-11-24', '2026-11-24'],
    ['2026/1/4', '2026-01-04'],
    ['2026-11-24T00:00:00Z', '2026-11-24'],
    ['24.11.2026', '2026-11-24'],
    ['24 November 2026', '2026-11-24'],
    ['24th Nov 2026', '2026-11-24'],
    ['Nov. 24, 2026', '2026-11-24'],
    ['24/11/2026', '2026-11-24'],
    ['11/24/2026', '2026-11-24'],
    ['4/4/2026', '2026-04-04'],
    ['3/4/2026', 'two-ways'],
    ['2026-02-30', null],
    ['31.04.2026', null],
    ['24 Noverber 2026', null],
    ['yesterday', null],
    ['24/11/26', null],
  ])('%s is %s', (typed, date) => {
    expect(parseDateText(typed)).toBe(date)
  })

  it('is the same day as the number that Excel keeps', () => {
    expect(dateOfSerial(46350, 1900)).toBe('2026-11-24')
    expect(dateOfSerial(46350.75, 1900)).toBe('2026-11-24')
    expect(dateOfSerial(44888, 1904)).toBe('2026-11-24')
    expect(dateOfSerial(1, 1900)).toBe('1900-01-01')
    expect(dateOfSerial(59, 1900)).toBe('1900-02-28')
    expect(dateOfSerial(60, 1900)).toBe(null)
    expect(dateOfSerial(61, 1900)).toBe('1900-03-01')
    expect(dateOfSerial(-5, 1900)).toBe(null)
    expect(serialOfDate('2026-11-24')).toBe(46350)
    expect(serialOfDate('1900-02-28')).toBe(null)
  })
})

describe('a cell', () => {
  it('never gives the result of a formula or an error', () => {
    for (const cell of [{ kind: 'formula' } as const, { kind: 'error', text: '#REF!' } as const]) {
      for (const read of [
        toText(cell, 1900),
        toNumber(cell),
        toAmount(cell, 'USD'),
        toDate(cell, 1900),
        toTick(cell),
        toChoice(cell, [{ id: 'ref', label: '#REF!' }]),
      ]) {
        expect(read).toMatchObject({ ok: false })
      }
    }
  })

  it('is a percentage only where the question counts percent', () => {
    expect(said(toNumber(number(0.07, 'percent'), '%'))).toBe(7)
    expect(said(toNumber(text('95 %'), '%'))).toBe(95)
    expect(said(toNumber(number(0.95, 'percent'), 'people'))).toMatch(/not for a percentage/)
  })

  it('is an amount in minor units', () => {
    expect(said(toAmount(number(1234567.89), 'USD'))).toBe(123456789)
    expect(said(toAmount(text('$ 1,234.50'), 'USD'))).toBe(123450)
    expect(said(toAmount(text('USD 1,234.50'), 'USD'))).toBe(123450)
    expect(said(toAmount(number(1.234), 'KWD'))).toBe(1234)
    expect(said(toAmount(number(500), 'JPY'))).toBe(500)
    expect(said(toAmount(number(1.5), 'JPY'))).toMatch(/no decimals/)
    expect(said(toAmount(number(1.005), 'USD'))).toMatch(/at most 2 decimals/)
    expect(said(toAmount(text('EUR 5'), 'USD'))).toMatch(/not a number/)
    expect(said(toAmount(number(1e12), 'USD'))).toBe(1e14)
  })

  it('names a choice by its label or its id, and by no other choice', () => {
    const choices = [
      { id: 'daily', label: 'Daily, or more often' },
      { id: 'weekly', label: 'Weekly' },
      { id: 'five', label: '5' },
    ]
    expect(said(toChoice(text(' daily, OR more\u00a0often'), choices))).toBe('daily')
    expect(said(toChoice(text('weekly'), choices))).toBe('weekly')
    expect(said(toChoice(number(5), choices))).toBe('five')
    expect(said(toChoice(text('Monthly'), choices))).toBe(
      '“Monthly” is none of the answers. Choose one from the list.',
    )
    const twins = [
      { id: 'a', label: 'Same' },
      { id: 'b', label: 'same' },
    ]
    expect(said(toChoice(text('SAME'), twins))).toMatch(/Several answers/)
    expect(said(toChoice(text('same'), twins))).toBe('b')
  })

  it('is a tick in the ways people tick', () => {
    for (const typed of ['Yes', 'x', 'X', '✓', 'TRUE']) expect(said(toTick(text(typed)))).toBe(true)
    for (const typed of ['No', '-', ' ', '☐']) expect(said(toTick(text(typed)))).toBe(false)
    expect(said(toTick({ kind: 'boolean', is: true }))).toBe(true)
    expect(said(toTick(text('partly')))).toMatch(/Choose “Yes”/)
  })

  it('says that somebody does not know', () => {
    for (const typed of ["I don't know", 'I don’t know.', 'do not know', '?']) {
      expect(saysDontKnow(text(typed))).toBe(true)
    }
    expect(saysDontKnow(text('I know'))).toBe(false)
  })
})
