/** Why a PKCS #12 file cannot be taken as an organisation's own certificate; each sentence says what to do next. */
export class OwnCertificateError extends Error {
  override name = 'OwnCertificateError'
  constructor(
    readonly code:
      | 'p12-size'
      | 'p12-unreadable'
      | 'p12-password'
      | 'p12-method'
      | 'p12-slow'
      | 'p12-no-key'
      | 'p12-several-keys'
      | 'p12-no-certificate'
      | 'p12-self-signed'
      | 'p12-incomplete'
      | 'p12-unfit'
      | 'p12-validity',
    message: string,
  ) {
    super(message)
  }
}
