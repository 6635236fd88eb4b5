/** A fault whose message already says what to do next, so no stack is shown with it. */
export class LaunchError extends Error {
  constructor(code, message) {
    super(message)
    this.name = 'LaunchError'
    this.code = code
  }
}

/** Ends a launch that failed. Use as the last `.catch` of every entry file. */
export function reportAndExit(error) {
  console.error(error instanceof LaunchError ? `\n${error.message}` : error)
  process.exit(1)
}
