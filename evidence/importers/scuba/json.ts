/** ScubaResults and TestResults as JSON. `Raw`, the tenant's whole configuration, is passed over and never built. */
import { asFlag, asObject, asText, createJsonReader, type Json } from '../json-reader.ts'
import type { ControlResult } from './controls.ts'

export interface ScubaMetadata {
  tool: string | null
  version: string | null
  timestamp: string | null
  tenant: string | null
  domain: string | null
}

export interface ScubaListener {
  metadata(metadata: ScubaMetadata): void
  product(): void
  control(control: ControlResult): void
  /** Of TestResults, which tell no more than whether a requirement was met. */
  test(test: { id: string; isMet: boolean | null; criticality: string }): void
}

export function createScubaReader(listener: ScubaListener) {
  let fields: { [name: string]: Json } = {}
  return createJsonReader({
    choose(path, kind) {
      const [first] = path
      if (path.length === 0) return kind === 'scalar' ? 'skip' : 'enter'
      // A list at the top is TestResults.
      if (typeof first === 'number') {
        if (path.length === 1) return kind === 'object' ? 'enter' : 'skip'
        return kind === 'scalar' ? 'take' : 'skip'
      }
      if (first === 'MetaData') return path.length === 1 && kind === 'object' ? 'take' : 'skip'
      if (first !== 'Results') return 'skip'
      const within = path.at(-2) === 'Controls'
      if (within) return kind === 'object' ? 'take' : 'skip'
      if (kind === 'scalar') return 'skip'
      if (path.length === 2 && kind === 'array') listener.product()
      const last = path.at(-1)
      return path.length <= 3 || last === 'Controls' ? 'enter' : 'skip'
    },
    value(path, value) {
      if (typeof path[0] === 'number') {
        fields[String(path[1])] = value
        return
      }
      const record = asObject(value) ?? {}
      if (path[0] === 'MetaData') listener.metadata(readMetadata(record))
      else
        listener.control({
          id: asText(record['Control ID'] ?? record['Control Id'] ?? record.ControlId) ?? '',
          result: asText(record.Result) ?? '',
          criticality: asText(record.Criticality) ?? '',
        })
    },
    leave(path) {
      if (typeof path[0] !== 'number' || path.length !== 1) return
      const { PolicyId, RequirementMet, Criticality } = fields
      fields = {}
      listener.test({
        id: asText(PolicyId) ?? '',
        isMet: asFlag(RequirementMet),
        criticality: asText(Criticality) ?? '',
      })
    },
  })
}

function readMetadata(record: { [name: string]: Json }): ScubaMetadata {
  return {
    tool: asText(record.Tool),
    version: asText(record.ToolVersion) ?? asText(record.ModuleVersion),
    timestamp: asText(record.TimestampZulu) ?? asText(record.Timestamp),
    tenant: asText(record.TenantId) ?? asText(record.TenantID) ?? asText(record.CustomerId),
    domain: asText(record.DomainName),
  }
}
