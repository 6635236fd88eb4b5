import { getRuntime, setRuntime } from '#app/services/runtime.server.ts'
import type { Tx } from '#db/client.server.ts'

/** How many statements `work` starts on the transactions it opens. */
export async function countQueries(work: () => Promise<unknown>): Promise<number> {
  const runtime = getRuntime()
  const starters = new Set(['select', 'selectDistinctOn', 'execute', 'insert', 'update', 'delete'])
  let started = 0
  const counting = (tx: Tx): Tx =>
    new Proxy(tx, {
      get(target, name) {
        if (starters.has(String(name))) started += 1
        const value = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  setRuntime({
    ...runtime,
    database: {
      ...runtime.database,
      inOrganisation: (organisationId, inside) =>
        runtime.database.inOrganisation(organisationId, (tx) => inside(counting(tx))),
    },
  })
  try {
    await work()
    return started
  } finally {
    setRuntime(runtime)
  }
}
