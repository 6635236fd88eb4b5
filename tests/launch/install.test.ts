import { describe, expect, it } from 'vitest'
import { explainNpmFailure } from '#app/launch/install.mjs'

describe('a failed installation', () => {
  it.each([
    [
      'disk-full',
      'npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write',
      'The disk is full',
    ],
    [
      'not-permitted',
      "npm error code EACCES\nnpm error Error: EACCES: permission denied, mkdir '/x'",
      'may not write',
    ],
    ['registry-unreachable', 'npm error code ENOTFOUND\nnpm error network request failed', 'did not answer'],
    ['registry-unreachable', 'npm error code ECONNREFUSED', 'did not answer'],
    ['registry-refused', 'npm error code E403\nnpm error 403 Forbidden', 'refused a package'],
    ['install-failed', 'npm error something else', 'npm tells why above'],
  ])('is named %s when npm says %j', (code, output, sentence) => {
    const error = explainNpmFailure(output)
    expect(error.code).toBe(code)
    expect(error.message).toContain(sentence)
  })
})
