/** A statement that more people sign than the two sides. */
import type { Signer, Statement } from '#app/report/statement.ts'
import { exampleStatement } from './example-statement.ts'

export function person(role: Signer['role'], name: string, organisation: string): Signer {
  return { role, name, title: 'Head of something', organisation, email: null, declaration: `I, ${name}.` }
}

/** The example with two contributors and a reviewer between its two signers. */
export function fiveSigners(): Statement {
  const statement = exampleStatement()
  const [technician, officer] = statement.signers as [Signer, Signer]
  const [first, second] = statement.answers.map(({ questionId }) => questionId) as [string, string]
  return {
    ...statement,
    signers: [
      technician,
      {
        ...person('contributor', 'Aoife Brennan', statement.client.legalName),
        part: { questionIds: [first] },
      },
      {
        ...person('contributor', 'Jun Watanabe', statement.preparedBy.name),
        part: { questionIds: [second] },
      },
      person('reviewer', 'Dr. Ida Lindqvist', 'Lindqvist Assurance'),
      officer,
    ],
  }
}
