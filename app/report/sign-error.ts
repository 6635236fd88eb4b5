export class SignError extends Error {
  override name = 'SignError'
  constructor(
    readonly code:
      | 'attachment-missing'
      | 'field-missing'
      | 'field-signed'
      | 'placeholder-missing'
      | 'signature-too-large',
    message: string,
  ) {
    super(message)
  }
}
