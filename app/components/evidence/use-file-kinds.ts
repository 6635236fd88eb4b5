/** Which kind each chosen file is sent as: what the person chose, else what its content suggests, else the form's. */
import { useState } from 'react'
import { type Recognised, useRecognition } from './use-recognition.ts'

export interface FileKindChoice {
  recognised: ReadonlyMap<File, Recognised>
  /** Their beginnings are being looked at; whoever sends now would be asked for what is about to be known. */
  isAsking: boolean
  /** '' for the kind that the form names for all. */
  kindOf: (file: File) => string
  choose: (file: File, kind: string) => void
}

export function useFileKinds(files: readonly File[]): FileKindChoice {
  const { known: recognised, isAsking } = useRecognition(files)
  const [chosen, setChosen] = useState<ReadonlyMap<File, string>>(new Map())
  return {
    recognised,
    isAsking,
    kindOf: (file) => chosen.get(file) ?? recognised.get(file)?.kind ?? '',
    choose: (file, kind) => setChosen((before) => new Map(before).set(file, kind)),
  }
}
