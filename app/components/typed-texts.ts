/** For a form with these fields: what was posted, to fill it again. */
export const typedTextsOf =
  <Name extends string>(fields: readonly Name[]) =>
  (values: Readonly<Record<string, unknown>>): Partial<Record<Name, string>> =>
    Object.fromEntries(
      fields.flatMap((name) => {
        const value = values[name]
        return typeof value === 'string' ? [[name, value]] : []
      }),
    ) as Partial<Record<Name, string>>
