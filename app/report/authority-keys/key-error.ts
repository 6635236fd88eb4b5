/** Why a key cannot sign; each sentence says what to do next. */
export class KeyError extends Error {
  override name = 'KeyError'
  constructor(
    readonly code:
      | 'key-unreadable'
      | 'key-unfit'
      | 'key-mismatch'
      | 'key-denied'
      | 'key-disabled'
      | 'key-missing'
      | 'key-credentials'
      | 'key-unreachable'
      | 'authority-expired',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
