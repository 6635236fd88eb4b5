/** Ruled rows of columns, the one table form of the report; long rows may run over a page, short ones stay whole. */
import { Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { COLOUR, reading, style } from './look.ts'

/** Points; the column without a width takes what is left. */
export type Column = { title: string; width?: number; align?: 'right' }

// About twelve lines of text. A longer row that could not break would be pushed off its page.
const KEPT_WHOLE_CHARACTERS = 700

function columnStyle(column: Column, isLast: boolean) {
  const gap = isLast ? 0 : 10
  const width = column.width === undefined ? { flex: 1 } : { width: column.width, flexShrink: 0 }
  return { ...width, paddingRight: gap, ...(column.align ? { textAlign: column.align } : {}) }
}

export function HeadRow({ columns }: { columns: readonly Column[] }) {
  return (
    <View
      wrap={false}
      minPresenceAhead={40}
      style={[style.row, { borderBottom: `0.75 solid ${COLOUR.rule}`, paddingBottom: 3 }]}
    >
      {columns.map((column, index) => (
        <Text key={column.title} style={[style.label, columnStyle(column, index === columns.length - 1)]}>
          {column.title}
        </Text>
      ))}
    </View>
  )
}

export function Row(props: { columns: readonly Column[]; cells: readonly ReactNode[]; characters: number }) {
  const { columns, cells, characters } = props
  return (
    <View
      wrap={characters > KEPT_WHOLE_CHARACTERS}
      style={[style.row, style.body, { borderBottom: `0.5 solid ${COLOUR.hairline}`, paddingVertical: 6 }]}
    >
      {columns.map((column, index) => (
        <View key={column.title} style={columnStyle(column, index === columns.length - 1)}>
          {withDirection(cells[index], column.align)}
        </View>
      ))}
    </View>
  )
}

function withDirection(cell: ReactNode, align: Column['align']): ReactNode {
  if (typeof cell !== 'string') return cell
  return <Text style={align ? {} : reading(cell)}>{cell}</Text>
}

/** Label above value, for facts that stand alone. */
export function Labelled({
  label,
  children,
  width,
}: {
  label: string
  children: ReactNode
  width?: number | string
}) {
  return (
    <View style={[style.body, { width: width ?? '100%', paddingRight: 14, marginBottom: 10 }]}>
      <Text style={style.label}>{label}</Text>
      {typeof children === 'string' ? (
        <Text style={[style.medium, reading(children), { textAlign: 'left' }]}>{children}</Text>
      ) : (
        children
      )}
    </View>
  )
}

export function Nothing({ children }: { children: string }) {
  return <Text style={[style.text, { color: COLOUR.soft }]}>{children}</Text>
}
