/** Ink on white, one accent, nothing that paper would lose. */
export const COLOUR = {
  ink: '#1a2224',
  soft: '#465054',
  faint: '#5e676a',
  rule: '#1a2224',
  hairline: '#d9d8d2',
  accent: '#0b5b53',
  half: '#8fb8b0',
  wash: '#eef4f1',
  paper: '#ffffff',
} as const
