import { describe, expect, it } from 'vitest'
import { reasonIn } from '#app/launch/build.mjs'

describe('a failed build', () => {
  it('tells its reason without the warnings before and the file names after it', () => {
    const output =
      'a.js (1:0): A comment\n✗ Build failed in 5.92s\napp/a.ts (3:42): "x" is not exported\n  id: 1,\n  watchFiles: [\n    "a"\n  ]\n'
    expect(reasonIn(output)).toBe('✗ Build failed in 5.92s\napp/a.ts (3:42): "x" is not exported\n  id: 1,\n')
  })

  it('keeps everything of an output that it does not know', () => {
    expect(reasonIn('Cannot find module x\n')).toBe('Cannot find module x\n')
  })
})
