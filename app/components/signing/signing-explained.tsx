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
            term: 'In Adobe Reader: your authority',
            value:
              'It is your own and on no list of Adobe’s, wherever its key is kept. The reader says “At least one signature has problems”: the document is unchanged, and the signer’s identity is unknown. Whoever adds the authority’s certificate to their trusted certificates sees the signatures as valid.',
          },
          {
            term: 'In Adobe Reader: a certificate of your own',
            value:
              'The technical contributor’s signature is shown as valid, by the certificate’s name, where its issuer is on Adobe’s list (AATL) or the European one (EUTL); another issuer’s looks like your authority. The officer’s signature is still under your authority. Issuers on Adobe’s list hand out keys in hardware only, so a file mostly comes from a European trust service.',
          },
          {
            term: 'When it is replaced',
            value:
              'What is new is signed under the new authority. Reports from before stay valid and are verified with the certificate of their time; one that waits for its second signature is finished under the old authority. A key in AWS KMS has to stay there while that authority’s revocation list is needed.',
          },
          {
            term: 'When your own certificate is replaced, removed or expires',
            value:
              'Reports from before stay as they are: they carry the certificate and name it. After its expiry a report without a timestamp no longer verifies. Only its issuer can revoke it; tell them at once when its key may be in other hands.',
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
