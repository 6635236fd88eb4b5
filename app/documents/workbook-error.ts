/** Why a workbook as a whole cannot be used; what is wrong inside one cell is a problem of the reading instead. */

export type WorkbookErrorCode =
  /** Another kind of file, an old .xls included. */
  | 'not-a-workbook'
  /** It asks for a password. */
  | 'encrypted'
  /** A workbook that cannot be read to its end, or is made to deceive readers. */
  | 'damaged'
  | 'too-large'
  /** Macros, where the workbook would be filled and handed on with them. */
  | 'macros'
  /** A workbook, but not one that was written here. */
  | 'not-ours'
  /** Written by a later release, in a layout that this one does not know. */
  | 'newer-layout'
  | 'other-application'
  | 'other-edition'
  | 'timeout'

/** The message is a sentence that says what to do next. */
export class WorkbookError extends Error {
  override readonly name = 'WorkbookError'

  constructor(
    readonly code: WorkbookErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
