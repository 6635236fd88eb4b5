/** A number out of the path, where things are counted rather than given an id. */
import { nothingHere } from './error-reply.ts'

/** From 1. @throws 404 for what is no such number, as for one that does not exist */
export function numberParam(value: string | undefined): number {
  if (!value || !/^[1-9]\d{0,8}$/.test(value)) throw nothingHere()
  return Number(value)
}
