/** What the authority means to those who receive a report, and what happens to older ones when it changes. */
import { DefinitionList } from '../definition-list.tsx'
import { TextLink } from '../link.tsx'
import { PageSection } from '../page-header.tsx'

export function SigningExplained() {
  return (
    <PageSection title="What others see, and what happens to older reports">
      <DefinitionList
        items={[
          {
            term: 'In Adobe Reader',
            value:
              'The authority is your own and on no list of Adobe’s, so the reader says that the signers’ identity could not be verified, though the document is unchanged. Whoever adds the certificate to their trusted certificates sees the signatures as valid.',
          },
          {
            term: 'When it is replaced',
            value:
              'What is new is signed under the new authority. Reports from before stay valid and are verified with the certificate of their time; one that waits for its second signature is finished under the old authority.',
          },
          {
            term: 'When a signature is revoked',
            value: (
              <>
                It counts as never made. Its report is withdrawn, and whoever verifies the file at{' '}
                <TextLink to="/verify">Verify a report</TextLink> or on the command line with your revocation
                list sees it rejected. Other reports are not touched.
              </>
            ),
          },
          {
            term: 'When it is given up',
            value:
              'Its key may be in other hands, so nothing that it certified from then on can be relied on. Older reports stay valid where a timestamp of an outside authority shows that they are older; without one nobody can tell, and they are rejected too.',
          },
        ]}
      />
    </PageSection>
  )
}
