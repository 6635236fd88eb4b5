/** Addresses of editions and of what can be done with them. */

interface Pick {
  formCode: string
  edition: string
}

export const editionHref = ({ formCode, edition }: Pick) => `/questionnaires/${formCode}/${edition}`

export const compareHref = (older: Pick, newer: Pick) =>
  `/questionnaires/compare?older=${older.formCode}/${older.edition}&newer=${newer.formCode}/${newer.edition}`
