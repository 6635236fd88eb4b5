/** What is wrong with chosen files, as far as a browser can tell before sending them. */
import { formatSize } from '../file-size.tsx'

export function fileProblem(
  files: readonly { name: string; size: number }[],
  maxUploadBytes: number,
): string | undefined {
  if (files.length === 0) return 'Choose at least one file'
  const large = files.find(({ size }) => size > maxUploadBytes)
  if (large) {
    return `${large.name} has ${formatSize(large.size)}; this server takes up to ${formatSize(maxUploadBytes)}. Split the export, or leave the file out`
  }
  const empty = files.find(({ size }) => size === 0)
  return empty ? `${empty.name} is empty. Export it again, or leave it out` : undefined
}
