/** Which folder stands on which floor; the longest fitting prefix decides. */
const FLOORS: [prefix: string, floor: number][] = [
  ['questionnaires/', 0],
  ['evidence/', 0],
  // How anything is said in several languages.
  ['app/language/', 0],
  // How seconds of work are started beside the server.
  ['app/threads/', 0],
  ['db/', 1],
  ['app/readiness/', 1],
  // When things recur, and when people are reminded: pure, the time is an argument.
  ['app/schedule/', 1],
  ['app/report/', 2],
  // Answers and forms as other people's files: workbooks and insurers' documents.
  ['app/documents/', 2],
  // What is written to people outside, and how it leaves.
  ['app/mail/', 2],
  ['app/services/', 3],
  ['app/components/', 4],
  ['app/styles/', 4],
  ['app/http/', 4],
  ['app/routes/', 5],
  ['app/jobs/', 5],
  // The document around the pages, and the table of routes.
  ['app/', 5],
  // The server puts the jobs and the pages together; the command line starts the same runtime without pages.
  ['app/server/', 6],
  ['app/cli/', 7],
  // Runs before anything is installed, so nothing may count on it and it loads the rest last.
  ['app/launch/', 8],
  ['bench/', 9],
  ['tests/', 9],
]

export interface Area {
  prefix: string
  floor: number
}

export function areaOf(path: string): Area | null {
  const fitting = FLOORS.filter(([prefix]) => path.startsWith(prefix) && !isStrangeAppFolder(prefix, path))
  const [longest] = fitting.sort(([a], [b]) => b.length - a.length)
  return longest ? { prefix: longest[0], floor: longest[1] } : null
}

/** `app/` stands for its own files: a folder that nobody gave a floor must not slip through. */
function isStrangeAppFolder(prefix: string, path: string): boolean {
  return prefix === 'app/' && path.slice(prefix.length).includes('/')
}
