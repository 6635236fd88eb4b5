/** Which value counts where an organisation, a client and an application may each say one: the nearest. */
export const LEVELS = ['application', 'client', 'organisation', 'built-in'] as const
export type Level = (typeof LEVELS)[number]

export type Layer<Fields> = { level: Level; values: { [Key in keyof Fields]?: Fields[Key] | null } }
export type Resolved<Fields> = { [Key in keyof Fields]: { value: Fields[Key]; from: Level } }

/**
 * @param layers the nearest first; the last one is built in and says everything
 * @throws Error where none says a field, which the last one is there for
 */
export function resolveLayers<Fields extends object>(
  names: readonly (keyof Fields)[],
  layers: readonly Layer<Fields>[],
): Resolved<Fields> {
  const resolved = {} as Resolved<Fields>
  for (const name of names) {
    const layer = layers.find(({ values }) => values[name] !== undefined && values[name] !== null)
    if (!layer) throw new Error(`Nothing says ${String(name)}`)
    resolved[name] = { value: layer.values[name] as Fields[typeof name], from: layer.level }
  }
  return resolved
}
