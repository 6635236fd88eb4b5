/** What a workbook says of its cells outside of their sheets: names, and styles that leave a cell unlocked. */
import { readXml } from './workbook-xml.ts'

// More names than any form has; the rest are left unread.
const MOST_NAMES = 5000

/** Hidden and built-in names (`_xlnm.Print_Area`) are the program's own. @throws WorkbookError damaged */
export function readNames(workbookPart: Uint8Array): { name: string; reference: string }[] {
  const names: { name: string; reference: string }[] = []
  let open: { name: string; isHidden: boolean } | null = null
  readXml(workbookPart, {
    open(name, attributes) {
      if (name !== 'definedName') return
      const called = attributes.name ?? ''
      open = {
        name: called,
        isHidden: /^(1|true)$/.test(attributes.hidden ?? '') || called.startsWith('_xlnm.'),
      }
    },
    close(name, text) {
      if (name !== 'definedName') return
      if (open && !open.isHidden && names.length < MOST_NAMES)
        names.push({ name: open.name, reference: text })
      open = null
    },
  })
  return names
}

/** By index of `cellXfs`: locked unless a style says otherwise (ECMA-376 18.8.33). @throws WorkbookError damaged */
export function readLockedStyles(styles: Uint8Array): boolean[] {
  const locked: boolean[] = []
  let inCellFormats = false
  readXml(styles, {
    open(name, attributes) {
      if (name === 'cellXfs') inCellFormats = true
      if (name === 'xf' && inCellFormats) locked.push(true)
      if (name === 'protection' && inCellFormats && /^(0|false)$/.test(attributes.locked ?? '')) {
        locked[locked.length - 1] = false
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return locked
}
