// The first file that runs, so it must parse on any Node that knows modules: no newer syntax than ES2017 here.

var FLOOR = [20, 19]

/** What to tell somebody whose Node is too old, or null. `version` is like "20.19.0". */
export function nodeVersionProblem(version) {
  var parts = String(version).split('.').map(Number)
  var isEnough = parts[0] > FLOOR[0] || (parts[0] === FLOOR[0] && parts[1] >= FLOOR[1])
  if (isEnough) return null
  return (
    'Attested needs Node ' +
    FLOOR.join('.') +
    ' or newer; this is Node ' +
    version +
    '. Install a newer one from https://nodejs.org and run the same command again.'
  )
}

export function requireNode() {
  var problem = nodeVersionProblem(process.versions.node)
  if (!problem) return
  console.error(problem)
  process.exit(1)
}
