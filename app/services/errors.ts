/** Faults that a route turns into a page: each with a stable code and a sentence that says what to do next. */

/** Not there, or not yours: the two are never told apart. */
export class NotFoundError extends Error {
  override name = 'NotFoundError'
  readonly code = 'not-found'
}

export class RefusedError extends Error {
  override name = 'RefusedError'
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** Not now: the queue puts the job off for so long, which is no failure and counts as no try. */
export class LaterError extends Error {
  override name = 'LaterError'
  readonly code = 'later'
  constructor(readonly afterMs: number) {
    super(`To be tried again in ${Math.ceil(afterMs / 1000)} seconds`)
  }
}

/** What a signature closed stays as it was signed. */
export const frozen = () =>
  new RefusedError('frozen', 'A report of this application is already signed or being signed.')
