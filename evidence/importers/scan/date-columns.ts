/** Decides once a column whether its dates name the day or the month first, over the rows that were held back for it. */
import { type DateOrder, orderShownBy } from './table-dates.ts'

export interface DateColumns {
  /** Counts what the cells of a row show. */
  watch(cells: readonly string[]): void
  orderOf(place: number): DateOrder
}

/**
 * Where all of a column's telling cells agree, that is its order; else what was said of the table; else, as most
 * exports of American tools have it, the month first.
 * @param dayFirst what a person said of the table
 */
export function createDateColumns(dayFirst = false): DateColumns {
  const shown: Record<'day' | 'month', Set<number>> = { day: new Set(), month: new Set() }
  return {
    watch(cells) {
      cells.forEach((cell, place) => {
        const order = cell.length <= 60 ? orderShownBy(cell) : null
        if (order) shown[order].add(place)
      })
    },
    orderOf(place) {
      const [day, month] = [shown.day.has(place), shown.month.has(place)]
      return { dayFirst: day === month ? dayFirst : day, isDecided: true }
    },
  }
}
